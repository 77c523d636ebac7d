import { percent } from '../../compare/words.ts';
import type { Change } from '../change.ts';
import { saysExhausted } from '../failures/exhausted.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';

/** A shorter burst of new connections (ms) is none. */
const LEAST_MS = 5_000;

/** Connections that are opened far more often than before, or refused for want of more. */
export function connectionFactors(
  { names, bad }: IncidentCase,
  changes: readonly Change[],
): Factor[] {
  const opened = changes
    .filter(({ measure, after, before }) => measure === 'connections' && after > before)
    .filter(({ at, until = bad.end }) => until - at >= LEAST_MS)
    .map(({ place, at, before, after }): Factor => {
      const name = names.workloads[place.workload] as string;
      const caller = names.workloads[place.caller ?? -1] ?? 'its callers';
      return {
        kind: 'connections',
        at,
        workload: name,
        summary: `${caller} opened a new connection to ${name} for ${percent(after)} of its calls instead of ${percent(before)}.`,
      };
    });
  return [...refused(bad, names), ...opened];
}

function refused(bad: IncidentCase['bad'], names: IncidentCase['names']): Factor[] {
  const found = new Map<number, { at: number; calls: number }>();
  for (let row = 0; row < bad.size; row++) {
    if (!saysExhausted(bad.status(row))) continue;
    const workload = bad.callee[row] as number;
    const entry = found.get(workload) ?? { at: bad.ts[row] as number, calls: 0 };
    entry.calls++;
    found.set(workload, entry);
  }
  return [...found].map(([workload, { at, calls }]) => {
    const name = names.workloads[workload] as string;
    return {
      kind: 'connections' as const,
      at,
      workload: name,
      summary: `${name} had no more connections to give: it refused ${calls} calls for that.`,
    };
  });
}
