import type { Investigation } from '../../../src/incident/investigation.ts';
import type { Truth } from './truth.ts';

/** How an investigation compares with what is true. */
export interface Score {
  /** The first cause is an origin; where there is none, that nobody is blamed. */
  readonly first: boolean;
  /** Every origin is among the first three. */
  readonly three: boolean;
  /** The kind of the first cause is one that the truth allows. */
  readonly kind: boolean;
  /** Found less true, ms; null where either is none. */
  readonly onset: number | null;
  readonly edges: { readonly right: number; readonly wrong: number; readonly missing: number };
  /** Every edge found is backed by calls of the capture. */
  readonly backed: boolean;
}

/** Scores `found`; `has` tells whether the capture has a call of this id. */
export function scoreOf(
  found: Investigation,
  truth: Truth,
  has: (callId: string) => boolean,
): Score {
  // Candidates, where nobody is named, blame nobody.
  const causes = found.abstained ? [] : found.rootCauses;
  const [first] = causes;
  const origin = truth.origins.find(({ service }) => service === first?.workload);
  const firstThree = causes.slice(0, 3).map(({ workload }) => workload);
  const key = (edge: readonly string[]) => edge.join(' → ');
  const edges = new Set(found.cascade.map(({ from, to }) => key([from.workload, to.workload])));
  const expected = new Set(truth.cascade.map(key));
  const unseen = new Set(truth.unseen.map(key));
  return {
    first: truth.origins.length === 0 ? causes.length === 0 : origin !== undefined,
    three: truth.origins.every(({ service }) => firstThree.includes(service)),
    kind: origin === undefined || first === undefined || origin.kinds.includes(first.kind),
    onset:
      found.onset === null || truth.onset === null ? null : Math.round(found.onset - truth.onset),
    edges: {
      right: [...edges].filter((edge) => expected.has(edge)).length,
      wrong: [...edges].filter((edge) => !expected.has(edge)).length,
      missing: [...expected].filter((edge) => !edges.has(edge) && !unseen.has(edge)).length,
    },
    backed: found.cascade.every(
      ({ calls, evidence }) =>
        calls > 0 && evidence.length > 0 && evidence.every(({ callId }) => has(callId)),
    ),
  };
}
