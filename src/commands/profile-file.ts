import { stat } from 'node:fs/promises';
import { decodeProfile } from '../profile/codec.ts';
import type { Profile } from '../profile/profile.ts';
import { profileCapture, SHARD_MARGIN_MS } from '../profile/profiler.ts';
import { type FileFormat, readPart } from '../sources/file-formats.ts';
import type { Survey } from '../sources/survey.ts';
import type { CommandIO } from './command.ts';
import { type FilePart, profilePart } from './file-part.ts';
import type { LoadOptions } from './load-profile.ts';
import { hasSecondThread, inThread } from './thread/in-thread.ts';
import { watchedCapture } from './watched-capture.ts';

/** Smaller files (bytes) are read sooner than looked over. */
const LARGE = 48 * 1024 * 1024;
/** Calls so near to where the time is cut that both threads must read them: at most this share of all. */
const MOST_TWICE = 0.4;

/** The profile of a file of calls: of a large one by two threads, with the same result. */
export async function profileFile(
  path: string,
  format: FileFormat,
  io: CommandIO,
  options: LoadOptions,
  large = LARGE,
): Promise<Profile> {
  const { names = [], ...profiler } = options;
  const survey = await surveyOfLarge(path, format, options, large);
  const parts = survey && partsOf(path, survey, options);
  if (parts) return inTwoThreads(parts, format, io);
  const capture = survey
    ? readPart(format, path, { names }, survey, () => true)
    : format.read(path, { names });
  return profileCapture(watchedCapture(path, capture, io), profiler);
}

async function surveyOfLarge(
  path: string,
  { parts }: FileFormat,
  { owns, onCall, onLink, oneCapture, mostChains }: LoadOptions,
  large: number,
): Promise<Survey | undefined> {
  const more = owns ?? onCall ?? onLink ?? oneCapture ?? mostChains;
  if (!parts || more !== undefined || !hasSecondThread()) return undefined;
  return (await stat(path)).size < large ? undefined : parts.survey(path);
}

/** The earlier and the later half of the calls; undefined where too many belong near to both. */
function partsOf(
  path: string,
  { times, inOrder }: Survey,
  options: LoadOptions,
): readonly [FilePart, FilePart] | undefined {
  const [first, second] = times.cut(2);
  if (!first || !second) return undefined;
  const cut = second.from;
  const twice = times.within({ from: cut - SHARD_MARGIN_MS, to: cut + SHARD_MARGIN_MS });
  if (times.count === 0 || twice > MOST_TWICE * times.count) return undefined;
  const part = { path, inOrder, options };
  return [
    { ...part, range: first },
    { ...part, range: second },
  ];
}

async function inTwoThreads(
  [here, there]: readonly [FilePart, FilePart],
  format: FileFormat,
  io: CommandIO,
): Promise<Profile> {
  io.progress.note(`profiling ${here.path} in two threads`);
  const [profile, text] = await Promise.all([
    profilePart(here, io, format),
    inThread('part', there, io),
  ]);
  const rest = text === undefined ? await profilePart(there, io, format) : decodeProfile(text);
  profile.merge(rest);
  return profile;
}
