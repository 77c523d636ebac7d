import type { Change, Measure, Place } from '../change.ts';

/**
 * One change, told once: an edge's is that of its operation where that changed, and a
 * workload's that of its operations.
 */
export function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  const key = ({ workload, operation }: Place, measure: Measure) =>
    `${workload} ${operation ?? ''} ${measure}`;
  const operations = new Set(
    changes
      .filter(({ place }) => place.caller === undefined)
      .map(({ place, measure }) => key(place, measure)),
  );
  const workloads = new Set(
    changes
      .filter(({ place }) => place.operation !== undefined)
      .map(({ place: { workload }, measure }) => key({ workload }, measure)),
  );
  return changes.filter(({ place, measure }) => {
    if (place.caller !== undefined) return !operations.has(key(place, measure));
    return place.operation !== undefined || !workloads.has(key(place, measure));
  });
}
