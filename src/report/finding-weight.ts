import type { Finding } from '../compare/finding.ts';
import { openQuestion } from '../verdict/open-question.ts';

/** What becomes of a finding besides its severity: it is accepted, or neither a break nor cleared. */
export function standingOf(finding: Finding): 'accepted' | 'undecided' | undefined {
  if (finding.accepted) return 'accepted';
  return openQuestion(finding) === undefined ? undefined : 'undecided';
}

/** "breaking", "breaking, accepted", "warning, undecided". */
export function weightOf(finding: Finding): string {
  const standing = standingOf(finding);
  return standing === undefined ? finding.severity : `${finding.severity}, ${standing}`;
}

/** Why a finding keeps a PASS from being given, where it does; not escaped for any format. */
export function undecidedWords(finding: Finding): string | undefined {
  const why = openQuestion(finding);
  return why === undefined ? undefined : `undecided, so no PASS is given: ${why}`;
}
