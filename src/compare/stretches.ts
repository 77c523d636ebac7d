import type { OperationStats } from '../profile/operation-stats.ts';
import { sum } from '../support/numbers.ts';
import { BURSTS, dispersionOf, type Stretch } from './stats/dispersion.ts';

/** What this last part of the time shows none of is over. */
const LAST = 0.25;

/** Calls by slot of time, and those of them that ended with one of the given statuses. */
export function stretchesOf(
  { statuses }: OperationStats,
  some: OperationStats['statuses'],
): Stretch[] {
  const slots = new Set(statuses.flatMap(([, stats]) => [...stats.slots.slots()]));
  const at = (slot: number, all: OperationStats['statuses']) =>
    sum(all, ([, stats]) => stats.slots.get(slot));
  return [...slots]
    .sort((a, b) => a - b)
    .map((slot) => ({ some: at(slot, some), all: at(slot, statuses) }));
}

/** Slots of time that have calls of any of these operations, in time order. */
export function slotsOf(operations: Iterable<OperationStats>): number[] {
  const slots = new Set<number>();
  for (const { statuses } of operations) {
    for (const [, stats] of statuses) for (const slot of stats.slots.slots()) slots.add(slot);
  }
  return [...slots].sort((a, b) => a - b);
}

/** Calls of an operation in a slot of time. */
export function callsIn({ statuses }: OperationStats, slot: number): number {
  return sum(statuses, ([, stats]) => stats.slots.get(slot));
}

/** Of these slots those that hold at least half as many calls of the operations as they do on average. */
export function busySlots(
  operations: readonly OperationStats[],
  slots: readonly number[],
): readonly number[] {
  const calls = slots.map((slot) => sum(operations, (one) => callsIn(one, slot)));
  const mean = sum(calls) / slots.length;
  return slots.filter((_, i) => (calls[i] as number) >= mean / 2);
}

/** The share (0…1) of these slots that come after the last call of any of these operations. */
export function silenceAfter(
  operations: Iterable<OperationStats>,
  slots: readonly number[],
): number {
  const last = slotsOf(operations).at(-1) ?? Number.NEGATIVE_INFINITY;
  return slots.filter((slot) => slot > last).length / slots.length;
}

/** From an operation's first call to its last, as a share (0…1) of these slots. */
export function spanOf(stats: OperationStats, slots: readonly number[]): number {
  const at = slotsOf([stats]).map((slot) => slots.indexOf(slot));
  return (Math.max(...at) - Math.min(...at) + 1) / slots.length;
}

/** Whether it came in bursts, the last of which is over: what goes on until the end may last. */
export function hasPassed(stretches: readonly Stretch[]): boolean {
  const last = stretches.slice(-Math.ceil(stretches.length * LAST));
  return last.every(({ some }) => some === 0) && dispersionOf(stretches) >= BURSTS;
}
