import { percent } from '../../compare/words.ts';
import { iso } from '../../support/quantity.ts';
import type { Affected, CascadeStep, Factor, Onset, RootCause } from '../investigation.ts';
import { DEEDS } from './words.ts';

interface Known {
  readonly rootCauses: readonly RootCause[];
  /** Those of them that none of the others explains. */
  readonly independent: readonly RootCause[];
  /** What may be instead. */
  readonly or: string | undefined;
  readonly onset: Onset | null;
  readonly cascade: readonly CascadeStep[];
  readonly affected: readonly Affected[];
  readonly factors: readonly Factor[];
  readonly reasons: readonly string[];
}

/** The whole of it in one sentence, of what is known and nothing else. Names are as in the traffic. */
export function hypothesisOf({
  rootCauses,
  independent,
  or,
  onset,
  cascade,
  affected,
  factors,
  reasons,
}: Known): string {
  if (independent.length === 0) {
    const why = lowerFirst(reasons[0] ?? 'nothing changed');
    return `Not enough evidence to name an origin: ${why}${candidates(rootCauses)}`;
  }
  const causes = independent.map((cause, i) => deedOf(cause, i === 0 ? onset : null));
  const instead = or === undefined ? '' : `, or ${or}`;
  return `${listed(causes)}${instead}${after(factors)}${spread(independent, cascade)}${felt(affected)}.`;
}

/** Whom to look at first where nobody is named. */
function candidates(rootCauses: readonly RootCause[]): string {
  const names = rootCauses.slice(0, 3).map(({ workload }) => workload);
  return names.length === 0 ? '' : ` If it is an incident, look first at ${listed(names)}.`;
}

function deedOf({ workload, operation, kind, since }: RootCause, onset: Onset | null): string {
  const began = since ?? onset;
  const when = began ? ` at ${iso(began.at)}` : '';
  const where = operation === undefined ? workload : `${workload} (${operation})`;
  return `${where} ${DEEDS[kind]}${when}`;
}

function spread(causes: readonly RootCause[], cascade: readonly CascadeStep[]): string {
  const passed = [...new Set(cascade.map(({ to }) => to.workload))].filter((name) =>
    causes.every(({ workload }) => workload !== name),
  );
  if (passed.length === 0) return '';
  return `; ${listed(passed.slice(0, 4))} passed it on`;
}

function felt([worst]: readonly Affected[]): string {
  if (!worst) return '';
  const { operation, calls, troubled, failed } = worst;
  const what =
    failed > troubled / 2
      ? `failed in ${percent(failed / calls)}`
      : `was slow in ${percent(troubled / calls)}`;
  return `, and ${operation} ${what} of its calls`;
}

function after(factors: readonly Factor[]): string {
  const deployed = factors.find(({ kind }) => kind === 'deployment' || kind === 'configuration');
  return deployed ? ` (${lowerFirst(deployed.summary.replace(/\.$/, ''))})` : '';
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
