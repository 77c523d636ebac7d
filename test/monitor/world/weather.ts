import { mixed, unit } from './draw.ts';
import type { Operation } from './operation.ts';
import { HOUR, MINUTE, shapeAt, wander } from './time.ts';

const SLOT = 5 * MINUTE;

/** How much longer an operation takes at a moment than at its best: load, drift and a slow minute now and then. */
export function slowness(seed: number, { index, workload, server }: Operation, ts: number): number {
  const load = workload ? 1 + 0.35 * shapeAt('people', ts) ** 2 : 1;
  const drift =
    wander(0.07, HOUR, ts, seed, 1, index) * wander(0.04, 24 * HOUR, ts, seed, 2, index);
  const host = workload?.index ?? textHash(server);
  const minute = Math.floor(ts / MINUTE);
  const slow = unit(seed, 3, host, minute) < 1 / 5000 ? 2.5 + 3 * unit(seed, 4, host, minute) : 1;
  return load * drift * slow;
}

/** Share of calls that fail now: eight times as many in 2 % of the slots, of all operations of a workload at once. */
export function failing(
  seed: number,
  { fails = 0, workload, server }: Operation,
  ts: number,
): number {
  if (fails === 0) return 0;
  const host = workload?.index ?? textHash(server);
  const burst = unit(seed, 5, host, Math.floor(ts / SLOT)) < 0.02;
  return Math.min(0.2, fails * (burst ? 8 : 0.86));
}

/** How an entry's traffic stands to its shape: by the day, by the hour, and a burst in one slot of 300. */
export function busyness(seed: number, entry: number, ts: number): number {
  const slot = Math.floor(ts / SLOT);
  const burst = unit(seed, 6, entry, slot) < 1 / 300 ? 2 + unit(seed, 7, entry, slot) : 1;
  return wander(0.08, 24 * HOUR, ts, seed, 8) * wander(0.1, HOUR, ts, seed, 9, entry) * burst;
}

export function textHash(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = mixed(hash, text.charCodeAt(i));
  return hash;
}
