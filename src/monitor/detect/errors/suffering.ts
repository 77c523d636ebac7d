import type { OperationMeasure } from '../../measure/operation-measure.ts';
import { Cells } from '../cells.ts';

/** An operation, or one caller of it: what can suffer by itself. */
export interface Sufferer {
  /** Unique, for the memory. */
  readonly name: string;
  readonly operation: string;
  readonly caller?: string;
}

/**
 * Of a measure: calls, failures, rejections, calls whose bodies were asked for errors, and those that tell
 * of one. Of one caller, only the first two are known.
 */
export type Tally = readonly [
  calls: number,
  failures: number,
  rejections: number,
  asked: number,
  told: number,
];

const NOTHING: Tally = [0, 0, 0, 0, 0];

export function tallyOf(measure: OperationMeasure | undefined, caller?: string): Tally {
  if (measure === undefined) return NOTHING;
  const { calls, failures, rejections, told } = measure;
  if (caller !== undefined)
    return [measure.callers.get(caller), measure.failedCallers.get(caller), 0, 0, 0];
  return [calls, failures, rejections, told === undefined ? 0 : calls, told ?? 0];
}

/** The operation, and each of its callers where there are several. */
export function sufferersOf(measure: OperationMeasure): Sufferer[] {
  const { operation } = measure.name;
  const callers = measure.callers.capped ? [] : measure.callers.entries();
  return [
    { name: operation, operation },
    ...(callers.length < 2
      ? []
      : callers.map(([caller]) => ({ name: `${operation}\n${caller}`, operation, caller }))),
  ];
}

/** An hour of tallies. */
export const newTallies = () => new Cells(12);
