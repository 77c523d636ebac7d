import { Profile } from '../profile/profile.ts';
import type { CommandIO, Outcome } from './command.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { profiling } from './profiling.ts';
import { shardOwner } from './shard.ts';
import { writeProfile } from './write-profile.ts';

/** Profiles captures offline; several are merged into one profile. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const share = inputs.shard ? { owns: shardOwner(inputs.shard) } : {};
  const options = { ...profiling(inputs), ...share };
  const whole = new Profile();
  for (const path of inputs.captures) whole.merge(await loadProfile(path, io, options));
  return writeProfile([whole], inputs, io);
}
