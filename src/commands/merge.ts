import { Profile } from '../profile/profile.ts';
import { redactProfile } from '../profile/redact-profile.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { readProfile } from './read-profile.ts';
import { writeProfile } from './write-profile.ts';

/** Merges profiles, windows too, into one window; in any order they give the same bytes. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const whole = new Profile();
  for (const [i, path] of inputs.captures.entries()) {
    io.signal.throwIfAborted();
    io.progress.step('merging', i, inputs.captures.length);
    whole.merge(await readProfile(path));
  }
  redactProfile(whole, inputs.redact);
  return writeProfile([whole], inputs, io);
}
