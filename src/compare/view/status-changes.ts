import { NO_RESPONSE } from '../../profile/operation-stats.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { OperationPair } from '../pairs.ts';
import { type StatusKind, statusKind } from '../statuses/status-kind.ts';

/** Statuses of one operation that are told apart; the rest is one sum. */
const MAX_STATUSES = 12;

/** Calls that ended with a status, on both sides. */
export interface StatusChange {
  /** As the protocol has it; `(no response)`, `(unknown)`, or `(other)` for the rest. */
  readonly status: string;
  readonly kind: StatusKind;
  readonly baseline: number;
  readonly candidate: number;
}

/** What the calls of an operation ended with, most frequent first. */
export function statusChanges({ base, cand, family }: OperationPair): StatusChange[] {
  const all = new Map<string, StatusChange>();
  for (const [side, { statuses }] of [
    ['baseline', base],
    ['candidate', cand],
  ] as const) {
    for (const [status, { count }] of statuses) {
      const kind = status === NO_RESPONSE ? 'server' : statusKind(family.protocol, status);
      const known = all.get(status) ?? { status, kind, baseline: 0, candidate: 0 };
      all.set(status, { ...known, [side]: count });
    }
  }
  const sorted = [...all.values()].sort(
    (a, b) => b.baseline + b.candidate - a.baseline - a.candidate || byCodeUnit(a.status, b.status),
  );
  if (sorted.length <= MAX_STATUSES) return sorted;
  const rest = sorted.slice(MAX_STATUSES);
  const sum = (side: 'baseline' | 'candidate') => rest.reduce((n, { [side]: c }) => n + c, 0);
  return [
    ...sorted.slice(0, MAX_STATUSES),
    {
      status: '(other)',
      kind: 'unknown',
      baseline: sum('baseline'),
      candidate: sum('candidate'),
    },
  ];
}
