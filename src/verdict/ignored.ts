import type { Finding } from '../compare/finding.ts';
import { findingId } from '../compare/finding-id.ts';
import { isMeantBy, patternText } from './finding-pattern.ts';
import type { Allowances, Ignore } from './policy.ts';
import { levelOf, weighedLevel } from './rule-levels.ts';

/** Ids of findings that one entry lists at most; all are counted. */
const MAX_LISTED = 100;

/** What one entry of the configuration set aside. Public JSON. */
export interface Ignored {
  /** The entry: `rule operation path` of an `ignore`, or `RULE: off`. */
  readonly entry: string;
  readonly reason: string;
  /** How many findings. */
  readonly count: number;
  /** Their `rule operation path`, the first hundred. */
  readonly findings: readonly string[];
}

export interface SetAside {
  readonly kept: readonly Finding[];
  readonly ignored: readonly Ignored[];
  /** Entries of the first file that fit no finding, where one that counts was kept. */
  readonly idle: readonly Ignore[];
}

/** Gives findings the weight that the files' rules say, and takes out what all files ignore. */
export function setAside(
  findings: readonly Finding[],
  allowances: readonly [Allowances, ...Allowances[]],
): SetAside {
  const kept: Finding[] = [];
  const ignored = new Map<string, { entry: string; reason: string; ids: string[] }>();
  for (const finding of findings) {
    const level = weighedLevel(finding, allowances);
    const told = allowances.map((one) => ignoredBy(finding, one));
    const [first] = told;
    if (first === undefined || told.includes(undefined)) {
      kept.push(level === 'off' ? finding : reweighed(finding, level));
      continue;
    }
    const key = JSON.stringify(first);
    const known = ignored.get(key) ?? { ...first, ids: [] };
    known.ids.push(findingId(finding));
    ignored.set(key, known);
  }
  return {
    kept,
    ignored: [...ignored.values()].map(({ entry, reason, ids }) => ({
      entry,
      reason,
      count: ids.length,
      findings: ids.slice(0, MAX_LISTED),
    })),
    idle: kept.some(({ severity }) => severity !== 'info') ? idle(findings, allowances[0]) : [],
  };
}

function idle(findings: readonly Finding[], { ignore }: Allowances): Ignore[] {
  return ignore.filter((entry) => !findings.some((finding) => isMeantBy(entry, finding)));
}

function reweighed(finding: Finding, severity: Finding['severity']): Finding {
  return finding.severity === severity ? finding : { ...finding, severity };
}

function ignoredBy(finding: Finding, { rules, ignore }: Allowances) {
  if (levelOf(rules, finding.rule) === 'off') {
    return { entry: `${finding.rule}: off`, reason: 'this rule is off' };
  }
  const entry = ignore.find((one) => isMeantBy(one, finding));
  return entry && { entry: patternText(entry), reason: entry.reason };
}
