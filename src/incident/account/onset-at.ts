import type { Change, Measure, Place } from '../change.ts';
import type { Onset } from '../investigation.ts';

/** Measures that show trouble, not what it leads to. */
const TROUBLE: ReadonlySet<Measure> = new Set([
  'errors',
  'rejections',
  'unanswered',
  'latency',
  'own-time',
]);

/** When the trouble of a place began, where a change says so: the earliest of the sure ones. */
export function onsetAt(
  changes: readonly Change[],
  { workload, operation }: Place,
): { readonly since?: Onset } {
  const [first] = changes
    .filter(
      ({ place, measure }) =>
        TROUBLE.has(measure) &&
        place.workload === workload &&
        (operation === undefined || place.operation === undefined || place.operation === operation),
    )
    .sort((a, b) => a.at - b.at || b.sure - a.sure);
  return first ? { since: onsetOf(first) } : {};
}

export function onsetOf({ at, from, to, until }: Change): Onset {
  return { at, from, to, ...(until !== undefined && { until }) };
}
