import type { Finding } from './finding.ts';
import { latencyFinding } from './latency/finding.ts';
import { ALLOWED_RATIO, type Regression } from './sequential.ts';
import { shareShift } from './share-shift.ts';
import {
  serverErrorEvidence,
  serverErrorStatuses,
  serverErrors,
} from './statuses/server-errors.ts';
import { count, percent } from './words.ts';

/** The finding that a regression is, seen while the window still ran. */
export function findingOf(regression: Regression): Finding {
  return regression.kind === 'latency' ? slower(regression) : failing(regression);
}

function slower({ pair, evidence }: Regression): Finding {
  const base = pair.base.latency.total();
  const cand = pair.cand.latency.total();
  const quantile = cand.quantile(0.95) >= base.quantile(0.95) * ALLOWED_RATIO ? 0.95 : 0.5;
  return latencyFinding({ pair, base, cand }, quantile, `. ${early(cand.count, evidence)}`);
}

function failing({ pair, evidence }: Regression): Finding {
  const { base, cand, family } = pair;
  const statuses = serverErrorStatuses(cand, family.protocol);
  const [before, after] = [base, cand].map((side) => serverErrors(side, family.protocol)) as [
    number,
    number,
  ];
  const names = statuses.map(([status]) => status).join(', ');
  return {
    rule: before === 0 ? 'error.new-status' : 'error.rate-increased',
    category: 'new-error',
    severity: 'breaking',
    operation: pair.operation,
    path: statuses.length === 1 ? `status ${names}` : 'server errors',
    summary: `Errors of the server (${names}) rose from ${percent(before / base.count)} (${count(before, base.count)}) to ${percent(after / cand.count)} (${count(after, cand.count)}). ${early(cand.count, evidence)}`,
    baseline: before,
    candidate: after,
    ...shareShift({ some: before, all: base.count }, { some: after, all: cand.count }),
    evidence: serverErrorEvidence(cand, family.protocol),
  };
}

function early(calls: number, evidence: number): string {
  const odds = Number((evidence / Math.LN10).toPrecision(2));
  return `Certain after ${calls} calls, while the window still ran (e-value 10^${odds}).`;
}
