import { mkdir, rename, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { type Recording, startRecording } from '../sources/pcap/recorder.ts';
import { CaptureError, ExitCode, UsageError } from '../support/errors.ts';
import { fileFailure } from '../support/file-failure.ts';
import { temporaryName } from '../support/temporary-name.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { scenarioEnv } from './scenario-env.ts';
import { type ChildEnd, runSupervised } from './supervised.ts';

/**
 * Records the packets of an interface while a command runs, whose exit code becomes its own. The file
 * is whole or absent. Throws KnownError when it can't record, or can't start the command.
 */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const { interface: device, output, filter, captures } = inputs;
  if (device === undefined || output === undefined || output === '-') {
    throw new UsageError('record needs an interface and a file', {
      hint: 'wireproof record --interface lo -o before.pcap -- npm run test:integration',
    });
  }
  const notWritten = (cause: unknown): never => {
    throw new CaptureError(`cannot write ${output}: ${fileFailure(cause).reason}`, { cause });
  };
  await mkdir(dirname(output), { recursive: true }).catch(notWritten);
  const partial = temporaryName(output);
  const recording = await startRecording(partial, device, filter);
  try {
    const end = await runCommand(captures, io);
    const dropped = await recording.stop().catch(notWritten);
    if (io.signal.aborted) throw new CaptureError('stopped while the command ran');
    await rename(partial, output).catch(notWritten);
    if (dropped > 0) {
      io.progress.note(
        `${dropped} packets were dropped: record fewer, with --filter, or on a machine that is less busy`,
      );
    }
    io.progress.note(`packets written to ${output}: they hold payloads`);
    return {
      exitCode: ExitCode.pass,
      commandExitCode: exitCodeOf(end),
      files: { packets: output },
    };
  } catch (error) {
    await abandon(recording, partial);
    throw error;
  }
}

async function runCommand(captures: readonly string[], io: CommandIO): Promise<ChildEnd> {
  const [command = '', ...args] = captures;
  try {
    const options = { stdio: 'inherit', env: { ...scenarioEnv(io.env) } } as const;
    return await runSupervised(command, args, options, io.signal);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new CaptureError(`cannot run ${command}: ${reason}`, {
      hint: 'what stands behind -- is a program and its arguments: sh -c "…" for a line of shell',
      cause,
    });
  }
}

async function abandon(recording: Recording, partial: string): Promise<void> {
  recording.kill();
  await rm(partial, { force: true });
}

/** As a shell tells it: 128 and the signal's number. */
function exitCodeOf({ code, signal }: ChildEnd): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}
