import { spreadOf } from '../../support/numbers.ts';
import type { Traffic } from '../traffic.ts';
import type { Evidence } from './evidence.ts';
import { SLOTS, slotsOf } from './sample.ts';
import type { Side } from './side.ts';

/** How much more must come in to be a spike, and standard errors by which it must. */
const SPIKE = 1.5;
const SURE = 4;
/** Share of the calls that users make themselves, from which on they come in. */
const MOSTLY = 0.5;

/** Requests a second that come in, before and after, where they are far more than they were. */
export function loadOf({ good, bad }: Evidence) {
  const keys = new Map([...keysOf(bad), ...keysOf(good)]);
  const incoming = new Set([...keys].flatMap(([key, comesIn]) => (comesIn ? key : [])));
  const [was, is] = [rateOf(good, incoming), rateOf(bad, incoming)];
  if (was.rate === 0 || is.rate < SPIKE * was.rate) return undefined;
  // A spike within the incident would hide in its own spread: what is usual is known-good traffic's.
  if (is.rate - was.rate < SURE * Math.hypot(was.error, is.single)) return undefined;
  return { before: was.rate, after: is.rate, ratio: is.rate / was.rate };
}

/**
 * Who calls what where users wait, of most of those calls: one that is tried again may be linked to
 * nothing, and is no request that comes in for that.
 */
function keysOf({ traffic, entry, tree }: Side): Map<string, boolean> {
  const counts = new Map<string, { entries: number; all: number }>();
  for (let row = 0; row < traffic.size; row++) {
    if (tree.known[row] === 0) continue;
    const key = keyOf(traffic, row);
    const count = counts.get(key) ?? { entries: 0, all: 0 };
    counts.set(key, count);
    count.all++;
    if (entry[row] === row) count.entries++;
  }
  return new Map([...counts].map(([key, { entries, all }]) => [key, entries >= MOSTLY * all]));
}

function keyOf({ operation, caller }: Traffic, row: number): string {
  return `${operation[row]} ${caller[row]}`;
}

/** Of all calls: those that are linked are a share of them. */
function rateOf({ traffic, within }: Side, incoming: ReadonlySet<string>) {
  const slot = slotsOf(within);
  const counts = new Float64Array(SLOTS);
  for (let row = 0; row < traffic.size; row++) {
    if (!incoming.has(keyOf(traffic, row))) continue;
    const at = slot(traffic.ts[row] as number);
    if (at >= 0) counts[at] = (counts[at] as number) + 1;
  }
  const seconds = (within.to - within.from) / 1000 / SLOTS;
  const { mean, squares } = spreadOf(counts);
  const variance = squares / (SLOTS - 1);
  const errorBy = (each: number) => Math.sqrt(each / SLOTS) / seconds;
  const [error, single] = [errorBy(Math.max(mean, variance)), errorBy(mean)];
  return { rate: mean / seconds, error, single };
}
