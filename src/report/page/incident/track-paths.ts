import type { Lane } from '../../../incident/investigation.ts';
import type { TimeAxis } from './time-axis.ts';

/** Units of a track's picture. */
export const WIDTH = 1_000;
export const HEIGHT = 46;
const ROOM = 4;

export interface TrackPaths {
  readonly calls: string;
  readonly failed: string;
  readonly p95: string;
}

/** A lane drawn: bars of calls with those that failed in them, and its P95 as steps of a line. */
export function trackPaths({ start, step, calls, failed, p95 }: Lane, axis: TimeAxis): TrackPaths {
  const most = Math.max(1, ...calls);
  const slowest = Math.max(1, ...p95.map((value) => value ?? 0));
  const x = (i: number) => round((axis.at(start + i * step) / 100) * WIDTH);
  const bars = (values: readonly number[]) =>
    values
      .map((value, i) => {
        if (value <= 0) return '';
        const height = (value / most) * (HEIGHT - ROOM);
        return `M${x(i)} ${HEIGHT}V${round(HEIGHT - height)}H${x(i + 1)}V${HEIGHT}z`;
      })
      .join('');
  let open = false;
  const line = p95
    .map((value, i) => {
      if (value === null) {
        open = false;
        return '';
      }
      const y = round(HEIGHT - 1 - (value / slowest) * (HEIGHT - ROOM));
      const begin = open ? 'V' : `M${x(i)} `;
      open = true;
      return `${begin}${y}H${x(i + 1)}`;
    })
    .join('');
  return { calls: bars(calls), failed: bars(failed), p95: line };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
