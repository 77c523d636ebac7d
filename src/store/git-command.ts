import { spawn } from 'node:child_process';

export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Given on standard input. */
  readonly input?: Uint8Array | undefined;
  /** Bytes of output after which git is stopped. */
  readonly maxBytes?: number | undefined;
}

export interface GitResult {
  /** Null where git is not there, or was stopped. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const MAX_OUTPUT = 1024 * 1024;

/** Runs git in the working repository. It never asks for a password. */
export async function runGit(
  args: readonly string[],
  { env, signal, input, maxBytes = MAX_OUTPUT }: GitOptions,
): Promise<GitResult> {
  signal.throwIfAborted();
  const child = spawn('git', args, {
    env: { ...env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
  });
  const stdout: Buffer[] = [];
  let [length, stderr, fault] = [0, '', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) child.kill();
    else stdout.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < MAX_OUTPUT) stderr += chunk;
  });
  child.on('error', (error) => {
    fault = error.message;
  });
  // git may leave before it has read all: its exit code tells why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  signal.throwIfAborted();
  return { code, stdout: Buffer.concat(stdout), stderr: fault || stderr };
}
