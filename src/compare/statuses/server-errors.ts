import { NO_RESPONSE, type OperationStats } from '../../profile/operation-stats.ts';
import type { Evidence } from '../finding.ts';
import { statusKind } from './status-kind.ts';

/** Statuses by which calls failed by the server's fault, or were never answered. */
export function serverErrorStatuses({ statuses }: OperationStats, protocol: string) {
  return statuses.filter(
    ([status]) => status === NO_RESPONSE || statusKind(protocol, status) === 'server',
  );
}

/** How many calls failed so. */
export function serverErrors(stats: OperationStats, protocol: string): number {
  return serverErrorStatuses(stats, protocol).reduce((sum, [, { count }]) => sum + count, 0);
}

/** Some of them. */
export function serverErrorEvidence(stats: OperationStats, protocol: string): Evidence[] {
  return serverErrorStatuses(stats, protocol)
    .flatMap(([status, { examples }]) =>
      examples.ids.map((callId): Evidence => ({ callId, side: 'candidate', note: status })),
    )
    .slice(0, 3);
}
