import type { Capture } from '../calls/observation.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { redactProfile } from '../profile/redact-profile.ts';
import { readNdjson } from '../sources/ndjson.ts';
import { recognise } from '../sources/recognise.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { CaptureError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';
import { readBaselineFile } from './read-profile.ts';
import { peek } from './stdin.ts';

/** The profile of a capture argument, of windows their whole. Throws as `loadWindows` does. */
export async function loadProfile(
  path: string,
  io: CommandIO,
  options: ProfilerOptions = {},
): Promise<Profile> {
  return mergeAll((await loadWindows(path, io, options)).windows);
}

/**
 * The windows of a capture argument (`-`: stdin), recognised by content: read if it is a profile, with
 * where they come from; one if it holds calls. Throws CaptureError that names the file, also when nothing in it could be read.
 */
export async function loadWindows(
  path: string,
  io: CommandIO,
  options: ProfilerOptions = {},
): Promise<StoredBaseline> {
  if (path === '-') {
    const { isProfile, stream } = await peek(process.stdin);
    return isProfile
      ? redacted(await readBaselineFile('from stdin', stream), options)
      : { windows: [await profileCalls('stdin', readNdjson('-', stream), io, options)] };
  }
  if ((await recognise(path)) === 'profile') return redacted(await readBaselineFile(path), options);
  return { windows: [await profileCalls(path, readNdjson(path), io, options)] };
}

function redacted(stored: StoredBaseline, { redact = [] }: ProfilerOptions): StoredBaseline {
  for (const window of stored.windows) redactProfile(window, redact);
  return stored;
}

async function profileCalls(
  name: string,
  capture: Capture,
  io: CommandIO,
  options: ProfilerOptions,
): Promise<Profile> {
  let count = 0;
  let bad = 0;
  let firstReason = '';
  async function* observations() {
    for await (const observation of capture.observations) {
      io.signal.throwIfAborted();
      if (++count % 10_000 === 0) io.progress.step(`reading ${name}`, count);
      if (observation.kind === 'bad' && bad++ === 0) firstReason = observation.reason;
      yield observation;
    }
  }
  const { problems } = capture;
  const profile = await profileCapture({ observations: observations(), problems }, options);
  if (count > 0 && bad === count) {
    throw new CaptureError(
      `cannot read ${name}: none of its ${bad} records is a call (${firstReason})`,
      {
        hint: 'a capture holds one Kubeshark call a line, as `--save-calls` writes it',
      },
    );
  }
  return profile;
}
