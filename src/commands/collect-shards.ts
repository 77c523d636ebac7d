import type { Store } from '../store/store.ts';
import { wallClock } from '../support/clock.ts';
import { CaptureError, UsageError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';
import { shardName } from './shard-label.ts';
import { lacking, ShardMerge } from './shard-merge.ts';
import { openShardStore, readShard } from './shard-store.ts';

/** Between two looks for shards that are not there yet, ms. */
const LOOK_EVERY_MS = 2_000;

/**
 * Merges the shards in `--from` as they arrive, all `--shards` of them. Throws CaptureError that names
 * those that are not there after `--wait`, or that belong to something else.
 */
export async function collectShards(inputs: Inputs, io: CommandIO): Promise<ShardMerge> {
  const { from, shards: count, wait = 0 } = inputs;
  if (from === undefined || count === undefined) {
    throw new UsageError('--from and --shards belong together: where the shards are, and how many');
  }
  const merge = new ShardMerge();
  const missing = new Map<number, Store>();
  for (let i = 0; i < count; i++) missing.set(i, await openShardStore(from, i, count, io));
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    for (const [index, store] of missing) {
      io.signal.throwIfAborted();
      const found = await readShard(store);
      if (!found) continue;
      if (found.label?.shards.join() !== String(index) || found.label.count !== count) {
        throw new CaptureError(`${store.name} does not hold shard ${shardName(index, count)}`, {
          hint: 'remove it, and run that shard again',
        });
      }
      merge.add(store.name, found);
      missing.delete(index);
      io.progress.step('merging', count - missing.size, count);
    }
    if (missing.size === 0) return merge;
    if (waited >= wait) throw lacking([...missing.keys()], count, ` in ${from}`);
    await wallClock.sleep(Math.min(LOOK_EVERY_MS, wait - waited), io.signal);
  }
}
