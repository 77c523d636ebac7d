import { RULES } from '../compare/rules.ts';

/** What a rule says, whom it breaks and what to do, as sentences; none for a rule that isn't known. */
export function ruleWords(rule: string): readonly string[] {
  const known = [...RULES].find(([id]) => id === rule)?.[1];
  return known ? [known.means, known.why, known.advice] : [];
}
