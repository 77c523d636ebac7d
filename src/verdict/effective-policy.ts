import { isCoveredBy } from './acceptances.ts';
import { isSamePattern, patternText } from './finding-pattern.ts';
import type { Acceptance, Ignore, Policy } from './policy.ts';
import { levelOf, stricterLevel } from './rule-levels.ts';

/**
 * The policy that judges a change which brings its own file: the file of the branch that it goes to
 * (`base`), and its own (`head`). As long as nobody reviewed the change a finding passes only where both
 * files let it: what the change tightens counts at once, what it loosens is listed and does not count.
 */
export function effectivePolicy(base: Policy, head: Policy): Policy {
  const [before] = base.allowances;
  const [after] = head.allowances;
  return {
    minCoverage: Math.max(base.minCoverage, head.minCoverage),
    allowances: [before, after],
    untrusted: after.accept.filter((entry: Acceptance) => !isCoveredBy(entry, before.accept)),
    proposals: [
      ...after.ignore.filter((entry) => !isKnown(entry, before.ignore)).map(ignoreText),
      ...looserRules(base, head),
      ...(head.minCoverage < base.minCoverage ? [proposed(`thresholds.coverage`)] : []),
    ],
  };
}

/** How a proposal is told. */
export function proposed(what: string): string {
  return `proposed here, of no effect until merged or approved: ${what}`;
}

function isKnown(entry: Ignore, known: readonly Ignore[]): boolean {
  return known.some((one) => isSamePattern(one, entry));
}

function ignoreText(entry: Ignore): string {
  return proposed(`ignore ${patternText(entry)}`);
}

/** Entries of the head that may let a rule weigh less than the base does. */
function looserRules({ allowances: [base] }: Policy, { allowances: [head] }: Policy): string[] {
  return head.rules
    .filter(({ rule, level }) => {
      if (level === 'breaking') return false;
      const before = levelOf(base.rules, rule);
      return before === undefined || stricterLevel(before, level) !== level;
    })
    .map(({ rule, level }) => proposed(`rules ${rule}: ${level}`));
}
