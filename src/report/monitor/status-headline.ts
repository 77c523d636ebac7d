import { counted } from '../words.ts';
import type { StatusData } from './status-data.ts';

export interface Headline {
  /** Red, green, or neither: not seen, or not urgent. */
  readonly tone: 'FAIL' | 'PASS' | 'INCONCLUSIVE';
  readonly word: string;
  /** What belongs to it, in words; escape them. */
  readonly also: readonly string[];
}

/** The state of everything in one look. What was not seen is never green. */
export function headlineOf({ scopes, blind, sinks }: StatusData): Headline {
  const firing = scopes
    .flatMap((scope) => scope.firing)
    .filter(({ silenced }) => silenced === undefined);
  const leftOut = scopes.reduce((sum, scope) => sum + scope.firingLeftOut, 0);
  const silenced = scopes.flatMap((scope) => scope.firing).length - firing.length;
  const [first] = blind.toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const problems = scopes.filter((scope) => scope.problems.length > 0);
  const failing = sinks.filter((sink) => sink.failing !== null);
  const also = [
    ...(first ? [`blind since ${minuteOf(first.since)}: ${first.reason}`] : []),
    ...problems.map(
      ({ scope, problems: own }) => `${scope}: the last capture is not whole (${own[0]?.code})`,
    ),
    ...failing.map(({ name }) => `${name} does not take alerts`),
    ...(silenced > 0 ? [`${counted(silenced, 'more alert')} silenced`] : []),
    ...scopes
      .filter(({ days }) => days < 7)
      .map(({ scope, learned }) => `${scope} has learned ${learned}`),
  ];
  if (firing.length > 0) {
    const critical = firing.some(({ severity }) => severity === 'critical');
    const word = `${counted(firing.length + leftOut, 'alert')} firing`;
    return { tone: critical ? 'FAIL' : 'INCONCLUSIVE', word, also };
  }
  if (first) return { tone: 'INCONCLUSIVE', word: 'Blind', also };
  if (scopes.length === 0) return { tone: 'INCONCLUSIVE', word: 'Nothing judged yet', also };
  const whole = problems.length === 0 && failing.length === 0;
  return { tone: whole ? 'PASS' : 'INCONCLUSIVE', word: 'All quiet', also };
}

/** `2026-11-23 14:05 UTC` of a time in ISO 8601. */
export function minuteOf(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
