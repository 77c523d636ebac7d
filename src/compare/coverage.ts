import { counted, grouped } from '../support/quantity.ts';
import type { CompareOptions } from './family-result.ts';
import type { Finding, NotChecked } from './finding.ts';
import type { OperationPair } from './pairs.ts';
import { unreadShare } from './schema/unread.ts';
import { measureVisible, type Visible } from './visible.ts';

/** An operation and the calls of it on both sides. */
interface Exercised {
  readonly operation: string;
  readonly baseline: number;
  readonly candidate: number;
}

/** What of the baseline's behaviour the candidate exercised enough to be judged. */
export interface Coverage {
  /** Share (0…1) of the baseline's calls that lie in operations with enough calls on both sides. */
  readonly comparedShare: number;
  readonly operations: {
    readonly baseline: number;
    readonly candidate: number;
    readonly compared: number;
  };
  /** Operations of the baseline that the candidate did not exercise, or too little. */
  readonly notCovered: readonly Exercised[];
  /** Operations that the baseline has not: nothing to hold them against. */
  readonly added: readonly Exercised[];
  /** Operations with enough calls on both sides. */
  readonly compared: readonly (Exercised & { readonly visible: Visible })[];
  readonly notChecked: readonly NotChecked[];
  /** Share (0…1) of the bodies of each side whose schema can't be judged: cut or redacted. */
  readonly unreadBodies: { readonly baseline: number; readonly candidate: number };
}

/** Measures coverage; `notChecked` is what the families of checks left out. */
export function measureCoverage(
  pairs: readonly OperationPair[],
  options: CompareOptions,
  notChecked: readonly NotChecked[],
): Coverage {
  const { minSamples } = options;
  const known = pairs.filter((pair) => pair.base.count > 0);
  const isCompared = (pair: OperationPair) =>
    pair.base.count >= minSamples && pair.cand.count >= minSamples;
  const all = known.reduce((sum, pair) => sum + pair.base.count, 0);
  const compared = known.filter(isCompared);
  const visible = measureVisible(compared, options);
  const inCompared = compared.reduce((sum, pair) => sum + pair.base.count, 0);
  return {
    comparedShare: all === 0 ? 0 : inCompared / all,
    operations: {
      baseline: known.length,
      candidate: pairs.filter((pair) => pair.cand.count > 0).length,
      compared: compared.length,
    },
    notCovered: known
      .filter((pair) => !isCompared(pair))
      .map(countsOf)
      .sort((a, b) => b.baseline - a.baseline),
    added: pairs
      .filter(({ base }) => base.count === 0)
      .map(countsOf)
      .sort((a, b) => b.candidate - a.candidate),
    compared: compared.map((pair) => ({ ...countsOf(pair), visible: visible(pair) })),
    notChecked,
    unreadBodies: {
      baseline: unreadShare(
        pairs.map(({ base }) => base),
        minSamples,
      ),
      candidate: unreadShare(
        pairs.map(({ cand }) => cand),
        minSamples,
      ),
    },
  };
}

function countsOf({ operation, base, cand }: OperationPair): Exercised {
  return { operation, baseline: base.count, candidate: cand.count };
}

/**
 * What the baseline exercised enough to be judged and the candidate did not: information, since a
 * scenario that was not run is no fault of the deployment; the verdict weighs it by its share.
 */
export function coverageFindings(pairs: readonly OperationPair[], minSamples: number): Finding[] {
  return pairs
    .filter(({ base, cand }) => base.count >= minSamples && cand.count < minSamples)
    .map(({ operation, base, cand }) => ({
      rule: cand.count === 0 ? 'coverage.not-exercised' : 'coverage.too-few',
      category: 'coverage',
      severity: 'info',
      operation,
      summary:
        cand.count === 0
          ? `Not called any more: ${counted(base.count, 'call')} before, none now.`
          : `${counted(cand.count, 'call')} now, ${grouped(base.count)} before: too few to judge (${minSamples} needed).`,
      baseline: base.count,
      candidate: cand.count,
      effect: null,
      interval: null,
      samples: { baseline: base.count, candidate: cand.count },
      evidence: base.statuses
        .flatMap(([, { examples }]) => examples.ids)
        .slice(0, 3)
        .map((callId) => ({ callId, side: 'baseline' })),
    }));
}
