import type { Finding } from '../compare/finding.ts';
import type { Acceptances } from '../verdict/acceptances.ts';
import { patternText } from '../verdict/finding-pattern.ts';
import type { Ignored } from '../verdict/ignored.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Acceptance } from '../verdict/policy.ts';
import { counted } from './words.ts';

/** By whom, until when and why a finding is accepted; not escaped for any format. */
export function acceptedWords({ by, expires, reason }: NonNullable<Finding['accepted']>): string {
  return `accepted ${by === undefined ? '' : `by ${by} `}until ${expires}: ${reason}`;
}

/** What one entry of the configuration set aside, and why; not escaped. */
export function ignoredWords({ entry, count, reason }: Ignored): string {
  return `${counted(count, 'finding')} ignored by ${entry}: ${reason}`;
}

/** What the configuration set aside, and entries that do nothing; a line each, not escaped. */
export function policyWords({ ignored = [], acceptances }: Judgement): string[] {
  return [...ignored.map(ignoredWords), ...acceptanceWords(acceptances)];
}

/** Acceptances that do nothing, and why; a line each, not escaped. */
export function acceptanceWords(acceptances: Acceptances | undefined): string[] {
  const { unused = [], expired = [], untrusted = [] } = acceptances ?? {};
  return [
    ...expired.map((entry) => `acceptance expired, it accepts nothing: ${words(entry)}`),
    ...untrusted.map(
      (entry) => `acceptance proposed here, it counts once merged or approved: ${words(entry)}`,
    ),
    ...unused.map((entry) => `acceptance unused, nothing fits it: ${words(entry)}`),
  ];
}

function words(entry: Acceptance): string {
  return `${patternText(entry)}, until ${entry.expires}: ${entry.reason}`;
}
