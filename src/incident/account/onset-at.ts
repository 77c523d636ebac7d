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

/** When the trouble was over of all workloads on the way; of one of its own, where changes show that. */
export function endAt(
  changes: readonly Change[],
  way: ReadonlySet<number>,
  workload?: number,
): Pick<Onset, 'until'> {
  const trouble = changes.filter(({ measure }) => TROUBLE.has(measure));
  const own = trouble.filter(({ place }) => place.workload === workload);
  return endOf(own.length > 0 ? own : trouble.filter(({ place }) => way.has(place.workload)));
}

/** When the last of these that made something worse was as before again; nothing while one lasts. */
function endOf(changes: readonly Change[]): Pick<Onset, 'until'> {
  const worse = withoutRepeats(changes).filter(({ before, after }) => after > before);
  const ends = worse.flatMap(({ until }) => until ?? []);
  return ends.length === 0 || ends.length < worse.length ? {} : { until: Math.max(...ends) };
}
