import { byCodeUnit } from '../support/json.ts';
import { doubted } from './doubt.ts';
import type { Finding } from './finding.ts';
import { isQuantile } from './latency/finding.ts';

/** A difference must be so many times the baseline's own to be more than noise. */
const CLEARLY = 1.5;

/**
 * Sets aside what the baseline's own windows differ in as well: a finding that matches a difference
 * inside the baseline (same family of rules, operation and place) is information, unless its effect
 * is clearly larger than the largest one inside. Never makes a finding weigh more, and depends on
 * the differences inside, not on their order.
 */
export function setNoiseAside(
  findings: readonly Finding[],
  inside: readonly Finding[],
): readonly Finding[] {
  const known = Map.groupBy(inside, placeOf);
  return findings.map((finding): Finding => {
    const alike = known.get(placeOf(finding)) ?? [];
    if (alike.length === 0) return finding;
    const largest = alike.toSorted(byEffect)[0] as Finding;
    if (isClearlyLarger(finding, largest)) return finding;
    if (finding.severity === 'info') return { ...finding, weakened: 'noise' };
    const words = `But the baseline's own windows differ in this too: ${largest.summary}`;
    return { ...doubted(finding, { atMost: 'info', words }), weakened: 'noise' };
  });
}

/** Family of rules, operation and place within it; the quantiles of a latency are one place. */
function placeOf({ rule, operation, path }: Finding): string {
  const family = rule.split('.')[0];
  return JSON.stringify([family, operation, isQuantile(rule) ? '' : (path ?? '')]);
}

/** Largest first; what has no size counts as larger than all. */
function byEffect(a: Finding, b: Finding): number {
  const [x, y] = [sizeOf(a), sizeOf(b)];
  if (x === y) return byCodeUnit(a.rule, b.rule) || byCodeUnit(a.summary, b.summary);
  return y - x;
}

/**
 * Whether the effect is so many times the largest inside, and surely larger by its interval. Effects
 * of different units can't be compared, and then the difference is no news.
 */
function isClearlyLarger(finding: Finding, largest: Finding): boolean {
  if (isRatio(finding) !== isRatio(largest)) return false;
  const known = sizeOf(largest);
  if (!(sizeOf(finding) >= CLEARLY * known)) return false;
  const { interval } = finding;
  if (interval === null) return true;
  const near = (finding.effect as number) < neutral(finding) ? interval.high : interval.low;
  return near !== null && measure(finding, near) >= known;
}

/** How far an effect is from none: of a ratio by its logarithm, so that halved and doubled are equal. */
function sizeOf(finding: Finding): number {
  return finding.effect === null ? Number.POSITIVE_INFINITY : measure(finding, finding.effect);
}

function measure(finding: Finding, effect: number): number {
  return isRatio(finding) ? Math.abs(Math.log(effect)) : Math.abs(effect);
}

function neutral(finding: Finding): number {
  return isRatio(finding) ? 1 : 0;
}

function isRatio({ rule }: Finding): boolean {
  return /^(?:latency|payload)\./.test(rule) || rule === 'call.count-changed';
}
