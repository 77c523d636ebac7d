import { findingId } from '../compare/finding-id.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** Findings that don't count, by name: the call graph marks their edges all the same. */
export type SetAside = ReadonlyMap<string, 'accepted' | 'ignored'>;

/** What acceptances and the entries of the configuration that ignore set aside. */
export function setAsideBy({
  findings,
  ignored = [],
}: Pick<Judgement, 'findings' | 'ignored'>): SetAside {
  return new Map([
    ...ignored.flatMap((one) => one.findings.map((id) => [id, 'ignored'] as const)),
    ...findings
      .filter(({ accepted }) => accepted)
      .map((finding) => [finding.id ?? findingId(finding), 'accepted'] as const),
  ]);
}
