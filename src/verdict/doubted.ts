import type { CaptureProblem } from '../calls/observation.ts';
import { isBackground } from '../compare/calls/background.ts';
import type { Finding } from '../compare/finding.ts';
import { bySeverity } from '../compare/severity.ts';

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
/** What spans that are missing look like: so many times their share, since calls hang together. */
const AS_LOST = 3;

export interface Doubted {
  /** Worst first, as before. */
  readonly findings: readonly Finding[];
  /** Breaking ones that became warnings. */
  readonly doubted: readonly Finding[];
}

/**
 * What was found is a warning where a fault of the capture looks alike. `lost`: the share of spans that
 * only one capture lacks.
 */
export function doubtLookAlikes(
  findings: readonly Finding[],
  baseline: readonly CaptureProblem[],
  candidate: readonly CaptureProblem[],
  lost = 0,
): Doubted {
  const isOther = candidate.some(({ code }) => code === OF_ANOTHER_KIND);
  const isAlike = looksAlike(baseline, candidate) || looksAlike(candidate, baseline);
  if (!isOther && !isAlike && lost === 0) return { findings, doubted: [] };
  const isDoubted = (finding: Finding) => {
    const { rule, severity } = finding;
    if (severity !== 'breaking') return false;
    if (isOther || (isAlike && rule.startsWith('call.') && rule !== CERTAIN)) return true;
    return lost > 0 && changeBySpans(finding) <= AS_LOST * lost;
  };
  const weighed = findings.map(
    (finding): Finding =>
      isDoubted(finding) ? { ...finding, severity: 'warning', weakened: 'capture-fault' } : finding,
  );
  return {
    findings: weighed.toSorted((a, b) => bySeverity(b.severity, a.severity)),
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

/**
 * How much of the calls that it would take to be lost, or to have lost their callee's name, for
 * a difference to look like this; infinite for what spans that are there show.
 */
function changeBySpans({ rule, operation, baseline, candidate, effect }: Finding): number {
  if (rule.startsWith('header.')) return Math.abs(effect ?? 1);
  if (!rule.startsWith('call.')) return Number.POSITIVE_INFINITY;
  if (isBackground(operation)) return 0;
  if (typeof baseline !== 'number' || typeof candidate !== 'number') return 1;
  return baseline === 0
    ? candidate
    : Math.abs(candidate - baseline) / Math.max(baseline, candidate);
}
