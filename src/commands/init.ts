import type { Call } from '../calls/call.ts';
import { ExitCode, UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { exists } from '../support/exists.ts';
import type { CommandIO, Outcome } from './command.ts';
import { DEFAULT_CONFIG } from './config/read.ts';
import { plainNames, type Seen, seenOperations } from './config/seen.ts';
import { starterConfig } from './config/starter.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { writeWhole } from './write-file.ts';

const MAX_NAMESPACES = 100;

/** Writes a commented configuration file, from a capture or profile where one is given. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const file = inputs.output ?? DEFAULT_CONFIG;
  if (file !== '-' && !inputs.force && (await exists(file))) {
    throw new UsageError(`${visible(file)} is there already`, {
      hint: '--force writes over it; -o FILE writes elsewhere',
    });
  }
  const text = starterConfig(await see(inputs.captures[0], inputs, io));
  if (file === '-') {
    io.out(text);
    return { exitCode: ExitCode.pass };
  }
  await writeWhole(file, text);
  io.progress.note(`configuration written to ${file}`);
  return { exitCode: ExitCode.pass, files: { config: file } };
}

async function see(
  capture: string | undefined,
  { names = [] }: Inputs,
  io: CommandIO,
): Promise<Seen> {
  if (capture === undefined) return { namespaces: [], operations: [] };
  const namespaces = new Set<string>();
  const onCall = ({ dst }: Call) => {
    if (dst.namespace !== undefined && namespaces.size < MAX_NAMESPACES)
      namespaces.add(dst.namespace);
  };
  const profile = await loadProfile(capture, io, { onCall, names });
  return { namespaces: plainNames(namespaces), operations: seenOperations(profile) };
}
