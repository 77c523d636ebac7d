import { Profile } from '../profile/profile.ts';
import type { CommandIO, Outcome } from './command.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { shardOwner } from './shard.ts';
import { writeProfile } from './write-profile.ts';

/** Profiles captures offline; several are merged into one profile. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const options = inputs.shard ? { owns: shardOwner(inputs.shard) } : {};
  const whole = new Profile();
  for (const path of inputs.captures) whole.merge(await loadProfile(path, io, options));
  return writeProfile([whole], inputs, io);
}
