const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48].map((count) => count * HOUR),
];
const MOST = 6;

/** Where times lie between the first and the last, in per cent. */
export interface TimeAxis {
  readonly start: number;
  readonly end: number;
  readonly ticks: readonly number[];
  /** Ticks are told with seconds. */
  readonly seconds: boolean;
  readonly at: (time: number) => number;
}

/** An axis with at most six round ticks. Both in Unix ms. */
export function timeAxis(start: number, end: number): TimeAxis {
  const span = Math.max(1, end - start);
  const step = STEPS.find((one) => span / one <= MOST) ?? Math.ceil(span / MOST / HOUR) * HOUR;
  const ticks: number[] = [];
  for (let tick = Math.ceil(start / step) * step; tick <= end; tick += step) ticks.push(tick);
  return {
    start,
    end,
    ticks,
    seconds: step < MINUTE,
    at: (time) => ((time - start) / span) * 100,
  };
}
