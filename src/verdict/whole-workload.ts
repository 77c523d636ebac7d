import { workloadOf } from '../calls/operation.ts';
import type { Coverage } from '../compare/coverage.ts';
import type { Finding } from '../compare/finding.ts';
import { isQuantile } from '../compare/latency/finding.ts';
import type { RuleId } from '../compare/rules.ts';
import { bySeverity } from '../compare/severity.ts';
import { type Alike, foldAlike, ledByHeaviest, standsAlone } from './fold-alike.ts';

/** Fewer operations are told one by one. */
const LEAST = 3;
/** So much of what could be judged of a workload makes it the workload's. */
const MOST = 0.5;

/** What happens to workloads as a whole. */
interface Kind {
  readonly has: (rule: RuleId) => boolean;
  /** What of it is one change, whichever operation shows it. */
  readonly change: (finding: Finding) => string;
  /** How far each call of the operation moved. */
  readonly each: (finding: Finding) => number;
  /** The share of the workload's operations from which on it is the workload's. */
  readonly most: number;
}

const byEffect = ({ effect }: Finding) => Math.abs(effect ?? 0);

const KINDS: readonly Kind[] = [
  {
    has: isQuantile,
    change: () => 'latency',
    each: ({ baseline, candidate }) => Number(candidate) - Number(baseline),
    most: MOST,
  },
  {
    has: (rule) => rule === 'error.new-status' || rule === 'error.rate-increased',
    change: ({ rule, path = '' }) => `${rule} ${path}`,
    each: byEffect,
    most: MOST,
  },
  {
    has: (rule) => rule.startsWith('header.'),
    change: ({ rule, path = '' }) => `${rule} ${path.replace(/^response \S+/, 'response')}`,
    each: byEffect,
    // They are set in one place.
    most: 0,
  },
];

/**
 * A workload of which most operations got slower, or fail in the same way, or several changed the same
 * header, is one finding: that of the operation that weighs most, under which the others are told as
 * info, worst first. What is accepted neither leads nor follows, so accepting one operation hides no
 * other.
 */
export function foldWholeWorkloads(
  findings: readonly Finding[],
  { compared }: Pick<Coverage, 'compared'>,
): readonly Finding[] {
  const judged = Map.groupBy(compared, ({ operation }) => workloadOf(operation));
  const alike = Map.groupBy(
    findings.filter((one) => standsAlone(one) && kindOf(one) !== undefined),
    changeOf,
  );
  const folded: Alike[] = [];
  for (const group of alike.values()) {
    const [first] = group as [Finding];
    const kind = kindOf(first) as Kind;
    const most = kind.most * (judged.get(workloadOf(first.operation))?.length ?? 0);
    if (operationsOf(group).size < Math.max(LEAST, most)) continue;
    folded.push(ledByHeaviest(group, (a, b) => outweighs(a, b, kind)));
  }
  return foldAlike(findings, folded, (leader, others) => {
    const { size } = operationsOf([leader, ...others]);
    return `So it is in ${size - 1} other operations of ${workloadOf(leader.operation)}.`;
  });
}

function operationsOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ operation }) => operation));
}

function kindOf({ rule }: Finding): Kind | undefined {
  return KINDS.find(({ has }) => has(rule));
}

/** What happened to the workload, and how much it weighs. */
function changeOf(finding: Finding): string {
  const { operation, severity, undecided } = finding;
  const change = kindOf(finding)?.change(finding);
  return JSON.stringify([workloadOf(operation), change, severity, undecided]);
}

/** By the calls it concerns, and by how much. */
function outweighs(a: Finding, b: Finding, { each }: Kind): boolean {
  const weight = (finding: Finding) => each(finding) * finding.samples.candidate;
  return (bySeverity(a.severity, b.severity) || weight(a) - weight(b)) > 0;
}
