import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor, TimelineEntry } from '../investigation.ts';
import { evidenceOfRows } from './evidence.ts';
import { withoutRepeats } from './without-repeats.ts';
import { changeWords, returnWords } from './words.ts';

const MOST = 40;

/** What happened when, in order of time: changes in the traffic, what was deployed, when it ended. */
export function timelineOf(
  given: IncidentCase,
  changes: readonly Change[],
  factors: readonly Factor[],
  concerned: ReadonlySet<number>,
): TimelineEntry[] {
  const { names, bad } = given;
  const told = withoutRepeats(changes)
    .toSorted((a, b) => weight(b, concerned) - weight(a, concerned) || a.at - b.at)
    .slice(0, MOST);
  const entries: TimelineEntry[] = told.flatMap((change): TimelineEntry[] => {
    const { place, measure, at, from, to, until, before, after } = change;
    const workload = names.workloads[place.workload] ?? '';
    const operation =
      place.operation === undefined ? undefined : names.operations[place.operation]?.operation;
    const caller =
      place.caller === undefined ? '' : `, called by ${names.workloads[place.caller] ?? ''}`;
    const where = { workload, ...(operation !== undefined && { operation }) };
    const what = `${operation ?? workload}${caller}: ${changeWords(measure, before, after)}`;
    const began: TimelineEntry = {
      at,
      from,
      to,
      ...where,
      kind: measure,
      summary: `${what}.`,
      evidence: evidenceOfRows(change.rows, bad, names),
    };
    if (until === undefined) return [began];
    const ended: TimelineEntry = {
      at: until,
      ...where,
      kind: 'recovered',
      summary: `${operation ?? workload}${caller}: ${returnWords(measure)}.`,
      evidence: [],
    };
    return [began, ended];
  });
  for (const { kind, at, workload, summary } of factors) {
    if (
      at === undefined ||
      (kind !== 'deployment' && kind !== 'configuration' && kind !== 'kubernetes')
    ) {
      continue;
    }
    entries.push({ at, ...(workload !== undefined && { workload }), kind, summary, evidence: [] });
  }
  return entries.sort((a, b) => a.at - b.at || (a.summary < b.summary ? -1 : 1));
}

/** What lies on the way of the trouble is told before what else changed. */
function weight({ place, sure }: Change, concerned: ReadonlySet<number>): number {
  return (concerned.has(place.workload) ? 2 : 0) + (place.caller === undefined ? 1 : 0) + sure;
}
