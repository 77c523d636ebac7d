import { stat } from 'node:fs/promises';
import { redactProfile } from '../profile/redact-profile.ts';
import { encodeShard } from '../store/shard-form.ts';
import { CaptureError, UsageError } from '../support/errors.ts';
import { collectShards } from './collect-shards.ts';
import type { CommandIO, Outcome } from './command.ts';
import { fileKind } from './file-kind.ts';
import type { Inputs } from './options.ts';
import { readShardFile } from './read-profile.ts';
import { ShardMerge } from './shard-merge.ts';
import { writeProfile, writeText } from './write-profile.ts';

/** Merges profiles, windows too, into one window; or all shards of a whole. In any order they give the same bytes. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const { captures, from, part } = inputs;
  if (captures.length > 0 === (from !== undefined)) {
    throw new UsageError('merge needs the PROFILEs to merge, or --from PLACE and --shards N');
  }
  const merge =
    from === undefined ? await mergeFiles(captures, io) : await collectShards(inputs, io);
  const { label, profile } = merge;
  redactProfile(profile, inputs.redact);
  if (part && label) return writeText(encodeShard(profile, label), [profile], inputs, io);
  merge.requireAll();
  return writeProfile([profile], inputs, io);
}

async function mergeFiles(paths: readonly string[], io: CommandIO): Promise<ShardMerge> {
  const merge = new ShardMerge();
  for (const [i, path] of paths.entries()) {
    io.signal.throwIfAborted();
    io.progress.step('merging', i, paths.length);
    merge.add(path, await readShardFile(path).catch((error) => refused(path, error)));
  }
  return merge;
}

/** A capture is given as easily: elsewhere it will do. A pipe is not looked into again. */
async function refused(path: string, error: unknown): Promise<never> {
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isFile || (await fileKind(path)) !== 'calls') throw error;
  throw new CaptureError(`cannot merge ${path}: it is not a profile`, {
    cause: error,
    hint: 'make one of a capture first: wireproof profile CAPTURE -o PROFILE',
  });
}
