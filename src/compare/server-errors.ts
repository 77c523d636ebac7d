import { NO_RESPONSE, type OperationStats } from '../profile/operation-stats.ts';
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
