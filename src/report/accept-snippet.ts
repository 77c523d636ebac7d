import type { Finding } from '../compare/finding.ts';
import { iso } from '../support/quantity.ts';

const DAY_MS = 86_400_000;
/** An acceptance is proposed for so long after the capture. */
const DAYS = 30;
/** What YAML reads as this very text without quotes. */
const PLAIN = /^[A-Za-z][\w ./{}-]*[\w/}]$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** What a reader can't see, or YAML doesn't take as it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** The lines of wireproof.yml that accept a finding; `end`: the last moment of the candidate's capture. */
export function acceptSnippet(
  { rule, operation, path }: Pick<Finding, 'rule' | 'operation' | 'path'>,
  end: number | null,
): string {
  const expires = end === null ? 'YYYY-MM-DD' : iso(end + DAYS * DAY_MS).slice(0, 10);
  return [
    'accept:',
    `  - rule: ${yamlText(rule)}`,
    `    operation: ${yamlText(operation)}`,
    ...(path === undefined ? [] : [`    path: ${yamlText(path)}`]),
    '    reason: "…" # why this change is meant',
    `    expires: ${expires} # the last day it holds`,
    '',
  ].join('\n');
}

function yamlText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  return JSON.stringify(text).replace(UNSEEN, (character) => {
    const code = (character.codePointAt(0) as number).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
