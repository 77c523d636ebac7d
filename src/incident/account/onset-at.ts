import type { Change, Measure, Place } from '../change.ts';
import type { Onset } from '../investigation.ts';
import { withoutRepeats } from './without-repeats.ts';

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
  const here = changes.filter(
    ({ place, measure }) =>
      TROUBLE.has(measure) &&
      place.workload === workload &&
      (operation === undefined || place.operation === undefined || place.operation === operation),
  );
  const [first] = here.toSorted((a, b) => a.at - b.at || b.sure - a.sure);
  return first ? { since: { at: first.at, from: first.from, to: first.to, ...endOf(here) } } : {};
}

/** When the trouble was over of the first of these groups of workloads that changes show any of. */
export function endAt(
  changes: readonly Change[],
  groups: readonly ReadonlySet<number>[],
): Pick<Onset, 'until'> {
  for (const workloads of groups) {
    const there = changes.filter(
      ({ place, measure }) => TROUBLE.has(measure) && workloads.has(place.workload),
    );
    if (there.length > 0) return endOf(there);
  }
  return {};
}

/** When the last of these that made something worse was as before again; nothing while one lasts. */
function endOf(changes: readonly Change[]): Pick<Onset, 'until'> {
  const worse = withoutRepeats(changes).filter(({ before, after }) => after > before);
  const ends = worse.flatMap(({ until }) => until ?? []);
  return ends.length === 0 || ends.length < worse.length ? {} : { until: Math.max(...ends) };
}
