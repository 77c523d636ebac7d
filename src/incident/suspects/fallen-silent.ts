import type { IncidentCase } from '../incident-case.ts';
import type { Traffic } from '../traffic.ts';
import { SLOTS, slotsOf } from './sample.ts';
import { wholeOf } from './troubled-time.ts';

/** A workload that took part all the time, and does no more while others go on. */
export interface FallenSilent {
  readonly workload: number;
  /** Whether it stopped to call, or to be called. */
  readonly as: 'caller' | 'callee';
  /** Its last call but stragglers, Unix ms. */
  readonly since: number;
  /** Known-good calls a second. */
  readonly usual: number;
  /** Its last calls. */
  readonly rows: readonly number[];
}

/** Calls that would have come since, and share of them that still did. */
const FEW = 20;
const STRAGGLERS = 0.02;
/** Slots of known-good time without a call of it, and share of all calls that must still be there: else it is the capture, or the load. */
const PAUSES = 1;
const OTHERS = 0.5;
const MOST_ROWS = 10;

/** Workloads that fell silent within the incident: first those that call no more, by when they did. */
export function fallenSilent({ good, bad }: IncidentCase): FallenSilent[] {
  const found = (['caller', 'callee'] as const).flatMap((as) => {
    const steady = steadyIn(good, as);
    return [...steady].flatMap(([workload, calls]): FallenSilent[] => {
      const usual = calls / Math.max(1, good.end - good.start);
      const fell = fellAt(bad, as, workload, usual);
      if (!fell || !othersGoOn(good, bad, fell.since)) return [];
      return [{ workload, as, usual: usual * 1000, ...fell }];
    });
  });
  const first = new Map<number, FallenSilent>();
  const order = (one: FallenSilent) => (one.as === 'caller' ? 0 : 1);
  for (const one of found.sort(
    (a, b) => order(a) - order(b) || a.since - b.since || a.workload - b.workload,
  ))
    if (!first.has(one.workload)) first.set(one.workload, one);
  return [...first.values()];
}

/** Workloads with calls at nearly all times, and how many they have. */
function steadyIn(traffic: Traffic, as: FallenSilent['as']): Map<number, number> {
  const slot = slotsOf(wholeOf(traffic));
  const slots = new Map<number, { calls: number; in: Set<number> }>();
  for (let row = 0; row < traffic.size; row++) {
    const workload = traffic[as][row] as number;
    const at = slots.get(workload) ?? { calls: 0, in: new Set<number>() };
    slots.set(workload, at);
    at.calls++;
    at.in.add(slot(traffic.ts[row] as number));
  }
  return new Map(
    [...slots]
      .filter(([, seen]) => seen.in.size >= SLOTS - PAUSES)
      .map(([workload, { calls }]) => [workload, calls]),
  );
}

function fellAt(bad: Traffic, as: FallenSilent['as'], workload: number, usual: number) {
  const rows: number[] = [];
  for (let row = 0; row < bad.size; row++) if (bad[as][row] === workload) rows.push(row);
  for (const [i, row] of rows.entries()) {
    const since = bad.ts[row] as number;
    const expected = usual * (bad.end - since);
    if (expected < FEW) return undefined;
    if (rows.length - 1 - i <= STRAGGLERS * expected)
      return { since, rows: rows.slice(Math.max(0, i + 1 - MOST_ROWS), i + 1) };
  }
  return undefined;
}

function othersGoOn(good: Traffic, bad: Traffic, since: number): boolean {
  let calls = 0;
  for (let row = bad.size - 1; row >= 0 && (bad.ts[row] as number) > since; row--) calls++;
  const usual = good.size / Math.max(1, good.end - good.start);
  return calls >= OTHERS * usual * (bad.end - since);
}
