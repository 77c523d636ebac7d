import { times } from '../../compare/words.ts';
import { counted } from '../../support/quantity.ts';
import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';

/** Rise of the calls a second from which on it is load. */
const LEAST_RATIO = 1.5;

/** More calls from outside the cluster, or from whom nobody calls: what users ask for. */
export function loadFactors(
  { names, good, bad }: IncidentCase,
  changes: readonly Change[],
): Factor[] {
  const called = new Set(good.callee);
  for (const callee of bad.callee) called.add(callee);
  const isUser = (caller: number) => names.outside.has(caller) || !called.has(caller);
  const rises = changes.filter(
    ({ measure, place, before, after }) =>
      measure === 'volume' &&
      place.operation !== undefined &&
      place.caller !== undefined &&
      isUser(place.caller) &&
      !names.outside.has(place.workload) &&
      after >= before * LEAST_RATIO,
  );
  const byWorkload = Map.groupBy(rises, ({ place }) => place.workload);
  return [...byWorkload].map(([workload, entries]): Factor => {
    const before = entries.reduce((sum, entry) => sum + entry.before, 0);
    const after = entries.reduce((sum, entry) => sum + entry.after, 0);
    const name = names.workloads[workload] as string;
    const ratio = before > 0 ? ` (${times(after / before)})` : '';
    return {
      kind: 'load',
      at: Math.min(...entries.map(({ at }) => at)),
      workload: name,
      summary: `Users asked more of ${name}: ${rate(after)} instead of ${rate(before)} calls a second${ratio} at ${counted(entries.length, 'operation')}.`,
    };
  });
}

function rate(value: number): string {
  return String(Number(value.toPrecision(2)));
}
