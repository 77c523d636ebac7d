import type { Coverage } from '../compare/coverage.ts';
import { grouped, wholePercent } from '../support/quantity.ts';

const NAMED = 3;

/** That too little was compared, where the rest of the calls is, and what to do; undefined where enough was. */
export function coverageGap(
  { comparedShare, notCovered }: Coverage,
  needed: number,
): string | undefined {
  if (comparedShare >= needed) return undefined;
  const told = `only ${wholePercent(comparedShare)} of the baseline's calls lie in operations with enough calls on both sides (${wholePercent(needed)} needed)`;
  if (notCovered.length === 0) return told;
  const named = notCovered.slice(0, NAMED).map(({ operation, baseline, candidate }) => {
    return `${operation} (${grouped(baseline)} before, ${grouped(candidate)} now)`;
  });
  const more = notCovered.length - named.length;
  const rest = `${named.join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
  return `${told}: capture longer, or exercise the rest more, on both sides: ${rest}`;
}
