import type { Profile } from '../profile/profile.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { readNdjson } from '../sources/ndjson.ts';
import { recognise } from '../sources/recognise.ts';
import type { CommandIO } from './command.ts';
import { readProfile } from './read-profile.ts';

/**
 * The profile of a capture argument, recognised by content: read if it is one, made if it holds
 * calls. Throws CaptureError that names the file.
 */
export async function loadProfile(
  path: string,
  io: CommandIO,
  options: ProfilerOptions = {},
): Promise<Profile> {
  if ((await recognise(path)) === 'profile') return readProfile(path);
  return profileCapture(withProgress(path, io), options);
}

function withProgress(path: string, io: CommandIO) {
  const capture = readNdjson(path);
  async function* observations() {
    let count = 0;
    for await (const observation of capture.observations) {
      io.signal.throwIfAborted();
      if (++count % 10_000 === 0) io.progress.step(`reading ${path}`, count);
      yield observation;
    }
  }
  return { observations: observations(), problems: capture.problems };
}
