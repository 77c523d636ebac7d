import type { Shard } from './options.ts';

/** Shards take turns at slices of this length, ms. */
const SLICE_MS = 10_000;

/**
 * Which times belong to a shard: slices of ten seconds in turn, by the clock alone, so that shards
 * need not know where the capture begins or ends.
 */
export function shardOwner({ index, count }: Shard): (ts: number) => boolean {
  return (ts) => {
    const slice = Math.floor(ts / SLICE_MS);
    return (((slice - index) % count) + count) % count === 0;
  };
}
