import type { Coverage } from '../compare/coverage.ts';
import { counted, grouped, wholePercent } from '../support/quantity.ts';

const NAMED = 3;

/** That too little was compared, where the rest of the calls is, and what to do; undefined where enough was. */
export function coverageGap(
  { comparedShare, notCovered }: Coverage,
  needed: number,
): string | undefined {
  if (comparedShare >= needed) return undefined;
  const told = `only ${wholePercent(comparedShare)} of the baseline's calls lie in operations with enough calls on both sides (${wholePercent(needed)} needed)`;
  if (notCovered.length === 0) return told;
  const rest = named(
    notCovered,
    ({ baseline, candidate }) => `${grouped(baseline)} before, ${grouped(candidate)} now`,
  );
  return `${told}: capture longer, or exercise the rest more, on both sides: ${rest}`;
}

/** That operations are new, so that nothing is known of what they did before; empty where none is. */
export function unknownOperations({ added }: Coverage): string[] {
  if (added.length === 0) return [];
  const those = named(added, ({ candidate }) => counted(candidate, 'call'));
  return [
    `not compared, for the baseline does not have ${added.length === 1 ? 'it' : 'them'}: ${those}`,
  ];
}

type Exercised = Coverage['added'][number];

/** The first few, and how many more there are. */
function named(operations: readonly Exercised[], calls: (one: Exercised) => string): string {
  const first = operations.slice(0, NAMED).map((one) => `${one.operation} (${calls(one)})`);
  const more = operations.length - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}
