import type { Capture } from '../calls/observation.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { redactProfile } from '../profile/redact-profile.ts';
import type { ReadOptions } from '../sources/file-formats.ts';
import { readNdjson } from '../sources/ndjson.ts';
import { recognise } from '../sources/recognise.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { withSmallHeap } from '../support/small-heap.ts';
import type { CommandIO } from './command.ts';
import { readBaselineFile } from './read-profile.ts';
import { peek } from './stdin.ts';
import { watchedCapture } from './watched-capture.ts';

/** How calls become a profile, and how files of them are read. */
export type LoadOptions = ProfilerOptions & Partial<ReadOptions>;

/** The profile of a capture argument, of windows their whole. Throws as `loadWindows` does. */
export async function loadProfile(
  path: string,
  io: CommandIO,
  options: LoadOptions = {},
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
  options: LoadOptions = {},
): Promise<StoredBaseline> {
  if (path === '-') {
    const { isProfile, stream } = await peek(process.stdin);
    return isProfile
      ? redacted(await readBaselineFile('from stdin', stream), options)
      : { windows: [await profileCalls('stdin', readNdjson('-', stream), io, options)] };
  }
  const format = await recognise(path);
  if (format === 'profile') return redacted(await readBaselineFile(path), options);
  return {
    windows: [
      await profileCalls(path, format.read(path, { names: options.names ?? [] }), io, options),
    ],
  };
}

function redacted(stored: StoredBaseline, { redact = [] }: ProfilerOptions): StoredBaseline {
  for (const window of stored.windows) redactProfile(window, redact);
  return stored;
}

function profileCalls(
  name: string,
  capture: Capture,
  io: CommandIO,
  options: ProfilerOptions,
): Promise<Profile> {
  return withSmallHeap(() => profileCapture(watchedCapture(name, capture, io), options));
}
