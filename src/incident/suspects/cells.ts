import type { IncidentCase } from '../incident-case.ts';
import { errorOf, type Mean, meanOf, Sample, slotsOf } from './sample.ts';
import type { Side } from './side.ts';

/** The calls of one caller to one operation on both sides. */
export interface Cell {
  readonly caller: number;
  readonly operation: number;
  readonly callee: number;
  /** Own time of its calls, ms, or what else of them is measured. */
  readonly good: Mean;
  readonly bad: Mean;
  /** Weight of the incident's calls by the operation that is waited for. */
  readonly under: ReadonlyMap<number, number>;
  /** ms by which that grew for a call, and the error of that; 0 where one side has no call. */
  readonly excess: number;
  readonly error: number;
}

interface Gathered {
  readonly good: Sample;
  readonly bad: Sample;
  readonly under: Map<number, number>;
}

/** Times by row, ms, of both sides. */
export interface Times {
  readonly good: Float64Array;
  readonly bad: Float64Array;
}

/** Own time, or other `times`, by caller and operation. */
export function cellsOf(
  good: Side,
  bad: Side,
  troubled: Float64Array,
  { names }: IncidentCase,
  times: Times = { good: good.own, bad: bad.own },
): Cell[] {
  const width = names.workloads.length + 1;
  const gathered = new Map<number, Gathered>();
  const take = (side: Side, which: 'good' | 'bad') => {
    const { traffic, within, weight, entry } = side;
    const slot = slotsOf(within);
    for (let row = 0; row < traffic.size; row++) {
      const time = times[which][row] as number;
      const at = slot(traffic.ts[row] as number);
      if (Number.isNaN(time) || at < 0) continue;
      const top = entry[row] as number;
      // What fails for those who wait is harm enough; how long it took to fail is not added.
      if (which === 'bad' && top >= 0 && (troubled[top] as number) > 0) continue;
      const key = (traffic.operation[row] as number) * width + (traffic.caller[row] as number) + 1;
      let cell = gathered.get(key);
      if (!cell) {
        cell = { good: new Sample(), bad: new Sample(), under: new Map() };
        gathered.set(key, cell);
      }
      cell[which].push(time, at);
      if (which === 'good' || top < 0) continue;
      const waited = traffic.operation[top] as number;
      cell.under.set(waited, (cell.under.get(waited) ?? 0) + (weight[row] as number));
    }
  };
  take(good, 'good');
  take(bad, 'bad');
  const spread = usualSpread(gathered);
  return [...gathered]
    .sort(([a], [b]) => a - b)
    .map(([key, cell]) => {
      const operation = Math.floor(key / width);
      const callee = names.operations[operation]?.workload ?? -1;
      return { caller: (key % width) - 1, operation, callee, ...growthOf(cell, spread) };
    });
}

/** What changed in a cell; `spread`: of single calls, as a share of their mean. */
function growthOf(
  { good, bad, under }: Gathered,
  spread: number,
): Omit<Cell, 'caller' | 'operation' | 'callee'> {
  const [before, after] = [meanOf(good), meanOf(bad)];
  const both = before.size > 0 && after.size > 0;
  const few = spread * before.mean * Math.sqrt(1 / before.size + 1 / after.size);
  return {
    good: before,
    bad: after,
    under,
    excess: both ? after.mean - before.mean : 0,
    error: both ? Math.max(few, errorOf(before, after)) : 0,
  };
}

/** Calls from which on a cell's own spread is believed. */
const ENOUGH = 10;

/** How much single calls usually differ from their cell's mean, as a share of it: for cells with too few calls to tell. */
function usualSpread(cells: ReadonlyMap<number, Gathered>): number {
  const spreads: number[] = [];
  for (const { good } of cells.values()) {
    if (good.size < ENOUGH) continue;
    const { mean, single, clustered } = meanOf(good);
    const error = Math.max(single, clustered);
    if (mean > 0) spreads.push((error * Math.sqrt(good.size)) / mean);
  }
  spreads.sort((a, b) => a - b);
  // Of two in the middle the larger: where little is known, less is called sure.
  return spreads[spreads.length >> 1] ?? 1;
}
