import type { Profile } from '../profile/profile.ts';
import { profileCapture } from '../profile/profiler.ts';
import type { TimeRange } from '../sources/call-times.ts';
import { type FileFormat, readPart } from '../sources/file-formats.ts';
import { recognise } from '../sources/recognise.ts';
import { CaptureError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';
import type { LoadOptions } from './load-profile.ts';
import { shareOf } from './shard.ts';
import { watchedCapture } from './watched-capture.ts';

/** A part of the time of a file of calls that was looked over: plain data, for any thread or process. */
export interface FilePart {
  readonly path: string;
  /** Whether its records are in order of time, as they stand. */
  readonly inOrder: boolean;
  readonly range: TimeRange;
  readonly options: LoadOptions;
}

/**
 * Profiles the calls of a part. The profiles of parts that meet merge to the whole's, to the byte.
 * Throws CaptureError for what can't be read.
 */
export async function profilePart(
  { path, inOrder, range, options }: FilePart,
  io: Pick<CommandIO, 'signal' | 'progress'>,
  format?: FileFormat,
): Promise<Profile> {
  const read = format ?? (await recognise(path));
  if (read === 'profile') throw new CaptureError(`${path} has become a profile meanwhile`);
  const { owns, near } = shareOf(range);
  const capture = readPart(read, path, { names: options.names ?? [] }, { inOrder }, near);
  return profileCapture(watchedCapture(path, capture, io, 'part'), { ...options, owns });
}
