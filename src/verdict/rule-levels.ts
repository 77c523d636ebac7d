import type { Finding } from '../compare/finding.ts';
import { fitsGlob } from '../support/glob.ts';
import type { Allowances, Level, RuleLevel } from './policy.ts';

const RANK: Readonly<Record<Level, number>> = { off: 0, info: 1, warning: 2, breaking: 3 };

/** What a file says of a rule: the longest entry that fits, so an id goes before a prefix. */
export function levelOf(levels: readonly RuleLevel[], rule: string): Level | undefined {
  const fitting = levels.filter((level) => fitsGlob(level.rule, rule));
  return fitting.toSorted((a, b) => b.rule.length - a.rule.length)[0]?.level;
}

/** The stricter of two levels. */
export function stricterLevel(a: Level, b: Level): Level {
  return RANK[a] >= RANK[b] ? a : b;
}

/**
 * What a finding weighs by the files' rules, the strictest of which counts. A finding that follows from
 * another one, or for which evidence is weakened, is never made to weigh more.
 */
export function weighedLevel(finding: Finding, allowances: readonly Allowances[]): Level {
  return allowances.map(({ rules }) => levelBy(finding, rules)).reduce(stricterLevel);
}

function levelBy(
  { rule, severity, causedBy, weakened }: Finding,
  rules: readonly RuleLevel[],
): Level {
  const level = levelOf(rules, rule) ?? severity;
  const isHeld = causedBy !== undefined || weakened !== undefined;
  return isHeld && RANK[level] > RANK[severity] ? severity : level;
}
