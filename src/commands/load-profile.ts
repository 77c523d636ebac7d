import type { Capture } from '../calls/observation.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { redactProfile } from '../profile/redact-profile.ts';
import type { ReadOptions } from '../sources/file-formats.ts';
import type { OrderOf } from '../sources/ndjson.ts';
import { inputName } from '../sources/ndjson-bytes.ts';
import { openInput } from '../sources/open-input.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { withSmallHeap } from '../support/small-heap.ts';
import { assumingOrder } from './assumed-order.ts';
import type { CommandIO } from './command.ts';
import { readBaselineFile } from './read-profile.ts';
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
  const { format, stream } = await openInput(path);
  const name = inputName(path);
  if (format === 'profile') return redacted(await readBaselineFile(name, stream), options);
  const read = (order: OrderOf) => {
    const capture = format.read(path, { names: options.names ?? [], stream, order });
    return profileCalls(name, { ...capture, source: format.source }, io, options);
  };
  // Who is told of calls can't be told of them anew.
  const isHeard = options.onCall !== undefined || options.onLink !== undefined;
  return { windows: [await (isHeard ? read('looked-over') : assumingOrder(read))] };
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
