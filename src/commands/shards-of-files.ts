import { basename } from 'node:path';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { profileCapture } from '../profile/profiler.ts';
import {
  type FileFormat,
  type ReadOptions,
  readPart,
  surveyFile,
} from '../sources/file-formats.ts';
import { recognise } from '../sources/recognise.ts';
import type { Survey } from '../sources/survey.ts';
import { CaptureError, UsageError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';
import type { Inputs, Shard } from './options.ts';
import { profiling } from './profiling.ts';
import { shareOf } from './shard.ts';
import type { ShardSource } from './shard-source.ts';
import { watchedCapture } from './watched-capture.ts';

interface Looked {
  readonly path: string;
  readonly format: FileFormat;
  readonly survey: Survey;
}

/**
 * Files of calls, each cut by time into parts of about as many calls, the same for whoever reads it.
 * Throws UsageError for what is no file of calls, CaptureError for what can't be read.
 */
export async function shardsOfFiles(inputs: Inputs, io: CommandIO): Promise<ShardSource> {
  const files: Looked[] = [];
  for (const path of inputs.captures) files.push(await look(path, inputs, io));
  const names = files.map(({ path, survey }) => `${basename(path)} (${survey.fingerprint})`);
  return {
    input: names.join(', ').slice(0, 4096),
    identity: JSON.stringify(files.map(({ survey }) => survey.fingerprint)),
    profile: async (shard) => {
      const parts: Profile[] = [];
      for (const file of files) parts.push(await profilePart(file, shard, inputs, io));
      return mergeAll(parts);
    },
  };
}

async function look(path: string, inputs: Inputs, io: CommandIO): Promise<Looked> {
  const format = path === '-' ? 'profile' : await recognise(path);
  if (format === 'profile') {
    throw new UsageError(`--shard takes files of calls, and ${path} is none`, {
      hint: 'stdin and profiles can be cut no more: write the calls to a file',
    });
  }
  io.progress.note(`looking over ${path}`);
  const survey = await surveyFile(format, path, reading(inputs));
  if (survey.times.count === 0) {
    throw new CaptureError(`cannot read ${path}: none of its records is a call`, {
      hint: 'a capture holds one Kubeshark call a line, as `--save-calls` writes it',
    });
  }
  return { path, format, survey };
}

function reading({ names = [] }: Inputs): ReadOptions {
  return { names };
}

function profilePart(
  { path, format, survey }: Looked,
  { index, count }: Shard,
  inputs: Inputs,
  io: CommandIO,
): Promise<Profile> {
  const range = survey.times.cut(count)[index];
  if (!range) throw new RangeError('a shard that is none');
  const { owns, near } = shareOf(range);
  const capture = watchedCapture(
    path,
    readPart(format, path, reading(inputs), survey, near),
    io,
    'part',
  );
  return profileCapture(capture, { ...profiling(inputs), owns });
}
