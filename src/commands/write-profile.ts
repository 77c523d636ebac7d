import type { Profile } from '../profile/profile.ts';
import { encodeWindows } from '../profile/windows-codec.ts';
import { ExitCode } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import { writeWhole } from './write-file.ts';

/** Writes a profile, or several windows, to `--output` or to stdout; says in the log what it holds. */
export async function writeProfile(
  windows: readonly Profile[],
  { output }: { readonly output?: string | undefined },
  io: CommandIO,
): Promise<Outcome> {
  return writeText(encodeWindows(windows), windows, { output }, io);
}

/** The same of profiles whose text is made already. */
export async function writeText(
  text: string,
  windows: readonly Profile[],
  { output }: { readonly output?: string | undefined },
  io: CommandIO,
): Promise<Outcome> {
  tellCalls(windows, io);
  if (output === undefined || output === '-') {
    io.out(text);
    return { exitCode: ExitCode.pass };
  }
  await writeWhole(output, text);
  io.progress.note(`profile written to ${output}`);
  return { exitCode: ExitCode.pass, files: { profile: output } };
}

/** Says in the log what was profiled. */
export function tellCalls(windows: readonly Profile[], io: CommandIO): void {
  for (const { capture } of windows) {
    const { calls, duplicates, badRecords } = capture;
    if (badRecords > 0) io.progress.warn(`${badRecords} records could not be read`);
    io.progress.note(`${calls} calls (${duplicates} seen twice and counted once) profiled`);
  }
}
