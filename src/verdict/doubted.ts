import type { CaptureProblem } from '../calls/observation.ts';
import type { Finding } from '../compare/finding.ts';

/**
 * Faults that look like another behaviour: the calls that some workloads make are lost or tied to other
 * causes, always. A gap in time takes callers and callees alike.
 */
const LOOK_ALIKE: ReadonlySet<CaptureProblem['code']> = new Set(['clock-skew', 'node-blind']);
/** The same, but where it is the same on both sides. */
const LOOK_ALIKE_ON_ONE_SIDE: CaptureProblem['code'] = 'undissected-flows';
/** Nothing that differs says anything of the deployment. */
const OF_ANOTHER_KIND: CaptureProblem['code'] = 'other-source';
/** A destination never seen before is there, whoever called it and however much was lost. */
const CERTAIN = 'call.new-destination';
const RANK = { breaking: 0, warning: 1, info: 2 } as const;

export interface Doubted {
  /** Worst first, as before. */
  readonly findings: readonly Finding[];
  /** Breaking ones that became warnings. */
  readonly doubted: readonly Finding[];
}

/** What was found about the calls made is a warning where a fault of the capture looks alike. */
export function doubtCalls(
  findings: readonly Finding[],
  baseline: readonly CaptureProblem[],
  candidate: readonly CaptureProblem[],
): Doubted {
  const isOther = candidate.some(({ code }) => code === OF_ANOTHER_KIND);
  if (!isOther && !looksAlike(baseline, candidate) && !looksAlike(candidate, baseline)) {
    return { findings, doubted: [] };
  }
  const isDoubted = ({ rule, severity }: Finding) =>
    severity === 'breaking' && (isOther || (rule.startsWith('call.') && rule !== CERTAIN));
  const weighed = findings.map(
    (finding): Finding =>
      isDoubted(finding) ? { ...finding, severity: 'warning', weakened: 'capture-fault' } : finding,
  );
  return {
    findings: weighed.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]),
    doubted: findings.filter(isDoubted),
  };
}

function looksAlike(problems: readonly CaptureProblem[], others: readonly CaptureProblem[]) {
  return problems.some(
    ({ code, message }) =>
      LOOK_ALIKE.has(code) ||
      (code === LOOK_ALIKE_ON_ONE_SIDE && !others.some((other) => other.message === message)),
  );
}
