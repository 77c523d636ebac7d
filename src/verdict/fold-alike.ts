import { toldUnder } from '../compare/causes/fold.ts';
import type { Finding } from '../compare/finding.ts';
import { findingId } from '../compare/finding-id.ts';
import { bySeverity } from '../compare/severity.ts';

/** Findings that are one change: the one that speaks for them, and the others. */
export interface Alike {
  readonly leader: Finding;
  readonly others: readonly Finding[];
}

/** Of a group that is not empty, led by the first of those that outweigh all others. */
export function ledByHeaviest(
  group: readonly Finding[],
  outweighs: (a: Finding, b: Finding) => boolean,
): Alike {
  const leader = group.reduce((a, b) => (outweighs(b, a) ? b : a));
  return { leader, others: group.filter((one) => one !== leader) };
}

/** Whether it counts, and nobody else is to blame. */
export function standsAlone({ severity, causedBy, accepted }: Finding): boolean {
  return severity !== 'info' && causedBy === undefined && accepted === undefined;
}

/**
 * Under each leader the others are told as info, with what follows from them; the leader says what
 * `words` say of the others. Worst first. They give the leader no weight, as effects give their cause:
 * they weigh the same.
 */
export function foldAlike(
  findings: readonly Finding[],
  alike: readonly Alike[],
  words: (leader: Finding, others: readonly Finding[]) => string,
): readonly Finding[] {
  const spoken = new Map(alike.map(({ leader, others }) => [leader, others]));
  const followers = new Map(
    alike.flatMap(({ leader, others }) => others.map((other) => [other, leader] as const)),
  );
  const above = new Map([...followers].map(([one, leader]) => [findingId(one), leader]));
  const folded = findings.map((finding): Finding => {
    const leader = followers.get(finding) ?? above.get(finding.causedBy ?? '');
    if (leader) return toldUnder(finding, leader);
    const others = spoken.get(finding);
    if (others === undefined) return finding;
    return { ...finding, summary: `${finding.summary} ${words(finding, others)}` };
  });
  return folded.sort((a, b) => bySeverity(b.severity, a.severity));
}
