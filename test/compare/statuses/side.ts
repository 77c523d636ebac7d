import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../support/calls.ts';

interface Side {
  readonly count?: number;
  readonly status?: string | undefined;
  /** In bursts of ten, at one moment each. */
  readonly bursts?: boolean;
}

/** Calls of which so many, evenly spread, end with a status; `undefined` is no response. */
export function side(some: number, given: Side = {}): OperationStats {
  const { count = 400, bursts = false } = given;
  const status = 'status' in given ? given.status : '500';
  const stats = new OperationStats();
  for (let i = 0; i < count; i++) {
    const fails = bursts
      ? i < some
      : Math.floor(((i + 1) * some) / count) > Math.floor((i * some) / count);
    const ended = fails ? { status, ...(status === undefined && { latency: undefined }) } : {};
    stats.observe(call({ id: `n/${i}`, to: 'orders', ...ended }), Math.floor(i / 10));
  }
  return stats;
}
