import { formatOperation } from '../calls/operation.ts';
import { serverErrors } from '../compare/statuses/server-errors.ts';
import { statusKind } from '../compare/statuses/status-kind.ts';
import type { OperationStats } from '../profile/operation-stats.ts';
import type { Profile } from '../profile/profile.ts';
import { OperationMeasure } from './measure/operation-measure.ts';
import type { SlotView } from './measure/slot-view.ts';

const NONE = { failed: [], told: [], slowest: [], byCaller: new Map() };

/** What a gate's profile tells a monitor that knows nothing yet; undefined for a profile without calls. */
export function viewOfProfile(profile: Profile): SlotView | undefined {
  const { start, end, calls } = profile.capture;
  if (start === null || end === null) return undefined;
  const operations = new Map<string, OperationMeasure>();
  for (const { family, operations: paths } of profile.families) {
    for (const [segments, stats] of paths.leaves()) {
      const operation = formatOperation(family, segments);
      const { workload, protocol, mutation } = family;
      const measure =
        operations.get(operation) ??
        new OperationMeasure({ operation, workload, protocol, mutation });
      add(measure, stats, protocol);
      operations.set(operation, measure);
    }
  }
  return {
    slot: { start, end },
    calls,
    operations: new Map([...operations].sort(([a], [b]) => (a < b ? -1 : 1))),
    shown: () => NONE,
    profile,
    revisions: new Map(),
    flows: undefined,
    problems: [],
  };
}

function add(measure: OperationMeasure, stats: OperationStats, protocol: string): void {
  measure.calls += stats.count;
  measure.failures += serverErrors(stats, protocol);
  for (const [status, { count }] of stats.statuses) {
    measure.statuses.add(status, count);
    if (statusKind(protocol, status) === 'client') measure.rejections += count;
  }
  measure.told = undefined;
  measure.callers.merge(stats.callers);
  measure.latency.merge(stats.latency.total());
}
