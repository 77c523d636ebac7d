import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { quantileOf } from '../latency/finding.ts';
import { ownTime } from '../own-time.ts';
import type { OperationPair, Pairing } from '../pairs.ts';

/** Rules by which an operation makes more calls. */
const MORE_CALLS = new Set([
  'call.count-changed',
  'call.extra',
  'call.mutation-added',
  'call.new-destination',
  'call.retries',
]);
/** Own time that takes a larger share of the growth is a change of its own. */
const OWN_SHARE = 0.5;

/** An operation that makes more calls takes longer for them: no news, unless it works longer itself. */
export function nameCallsMadeCauses(
  findings: readonly Finding[],
  { pairs }: Pick<Pairing, 'pairs'>,
): Finding[] {
  const pairOf = new Map(pairs.map((pair) => [pair.operation, pair]));
  return findings.map((effect) => {
    const quantile = quantileOf(effect.rule);
    if (quantile === undefined || effect.causedBy !== undefined) return effect;
    const pair = pairOf.get(effect.operation);
    if (!pair || worksLonger(pair, effect, quantile)) return effect;
    const cause = findings.find(
      ({ rule, operation, severity, baseline, candidate }) =>
        MORE_CALLS.has(rule) &&
        operation === effect.operation &&
        severity === 'breaking' &&
        Number(candidate) > Number(baseline),
    );
    return cause ? { ...effect, causedBy: findingId(cause) } : effect;
  });
}

function worksLonger({ base, cand }: OperationPair, effect: Finding, quantile: number): boolean {
  const { baseline, candidate } = effect;
  const own = ownTime(cand).quantile(quantile) - ownTime(base).quantile(quantile);
  return own > OWN_SHARE * (Number(candidate) - Number(baseline));
}
