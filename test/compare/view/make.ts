import type { Call } from '../../../src/calls/call.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { subjectsOfCalls } from '../../../src/compare/subjects.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../support/calls.ts';
import { fanoutOf, type Made } from '../calls/make.ts';

/** One side of an operation: its calls, the `i`th as given, each of which makes others. */
export function statsOf(
  count: number,
  given: (i: number) => Parameters<typeof call>[0] = () => ({}),
  makes?: (i: number) => readonly Made[],
): OperationStats {
  const stats = new OperationStats();
  for (let i = 0; i < count; i++) {
    const one: Call = call({ id: `n/${i}`, from: 'web', to: 'orders', ...given(i) });
    stats.observe(one, i);
  }
  if (makes) fanoutOf(count, makes, { into: stats.fanout });
  return stats;
}

export function operationPair(
  operation: string,
  base: OperationStats,
  cand: OperationStats,
  protocol = 'http',
): OperationPair {
  const [workload = '', method = ''] = operation.split(' ');
  const family = { workload, protocol, method, separator: '/', mutation: false } as const;
  return { operation, family, base, cand, subjects: subjectsOfCalls(base, cand) };
}
