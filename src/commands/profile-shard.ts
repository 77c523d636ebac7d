import { packed } from '../store/compression.ts';
import { encodeShard, type ShardLabel } from '../store/shard-form.ts';
import type { Store } from '../store/store.ts';
import { CaptureError, ExitCode, KnownError, UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs, Shard } from './options.ts';
import { labelOf, shardName } from './shard-label.ts';
import type { ShardSource } from './shard-source.ts';
import { openShardStore, readShard } from './shard-store.ts';
import { tellCalls, writeText } from './write-profile.ts';

/**
 * Profiles one shard. With `--into` its result has a name of its own there, and is whole or absent: one
 * that is there is not made again.
 */
export async function profileShard(
  source: ShardSource,
  shard: Shard,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const { into, output } = inputs;
  if (into !== undefined && output !== undefined) {
    throw new UsageError('a shard goes to one place: give --into or -o');
  }
  const label = labelOf(source, shard, inputs);
  if (into === undefined) {
    const profile = await source.profile(shard);
    return writeText(encodeShard(profile, label), [profile], { output }, io);
  }
  const store = await openShardStore(into, shard.index, shard.count, io);
  const done = { exitCode: ExitCode.pass, files: { profile: store.name } };
  if (await isThere(store, label, io)) {
    io.progress.note(`shard ${shardName(shard.index, shard.count)} is there: ${store.name}`);
    return done;
  }
  const profile = await source.profile(shard);
  await store.write(packed(encodeShard(profile, label), 'zstd'));
  tellCalls([profile], io);
  io.progress.note(`shard ${shardName(shard.index, shard.count)} written to ${store.name}`);
  return done;
}

/** Whether the store holds this very shard. Throws CaptureError where it holds another input's. */
async function isThere(store: Store, label: ShardLabel, io: CommandIO): Promise<boolean> {
  const found = await readShard(store).catch((error: unknown) => {
    if (!(error instanceof KnownError)) throw error;
    io.progress.warn(`${error.message}: it is made again`);
    return undefined;
  });
  if (!found) return false;
  const same = found.label?.set === label.set && found.label.shards.join() === label.shards.join();
  if (same) return true;
  const of = found.label?.input ?? 'something that is no shard';
  throw new CaptureError(
    `${store.name} holds a shard of another input, or made with other options: ${of}`,
    { hint: 'give each input a place of its own, or remove what is there' },
  );
}
