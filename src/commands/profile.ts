import type { Profile } from '../profile/profile.ts';
import { UsageError } from '../support/errors.ts';
import { withSmallHeap } from '../support/small-heap.ts';
import type { CommandIO, Outcome } from './command.ts';
import { noteUnheeded } from './incident-window.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { profileShard } from './profile-shard.ts';
import { profiling } from './profiling.ts';
import { shardsOfFiles } from './shards-of-files.ts';
import { shardsOfKubeshark } from './shards-of-kubeshark.ts';
import { writeProfile } from './write-profile.ts';

/** Profiles captures offline, several merged into one profile, or a window of Kubeshark's; all or a shard. */
export function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  return withSmallHeap(() => profile(inputs, io));
}

async function profile(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const { captures, shard, into } = inputs;
  const offline = captures.length > 0;
  if (offline) noteUnheeded(inputs, io);
  if (shard) {
    const source = offline ? await shardsOfFiles(inputs, io) : shardsOfKubeshark(inputs, io);
    return profileShard(source, shard, inputs, io);
  }
  if (into !== undefined) {
    throw new UsageError('--into is for shards', { hint: 'the whole goes to -o FILE' });
  }
  const whole = offline
    ? await loadAll(inputs, io)
    : await shardsOfKubeshark(inputs, io).profile({ index: 0, count: 1 });
  return writeProfile([whole], inputs, io);
}

async function loadAll(inputs: Inputs, io: CommandIO): Promise<Profile> {
  const [first, ...others] = inputs.captures as readonly [string, ...string[]];
  const whole = await loadProfile(first, io, profiling(inputs));
  for (const path of others) whole.merge(await loadProfile(path, io, profiling(inputs)));
  return whole;
}
