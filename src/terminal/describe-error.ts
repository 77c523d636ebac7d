import { inspect } from 'node:util';
import { ExitCode, KnownError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';

/**
 * What to tell of an error: one line and a hint where it is known, else its stack and causes. Lines
 * hold no control characters.
 */
export function describeError(
  error: unknown,
  signal: AbortSignal,
): { readonly lines: readonly string[]; readonly exitCode: ExitCode } {
  if (signal.aborted && (error === signal.reason || isAbort(error))) {
    const reason = signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
    return { lines: [`wireproof: ${visible(reason)}`], exitCode: ExitCode.capture };
  }
  if (error instanceof KnownError) {
    const lines = [`wireproof: ${visible(error.message, 2_000)}`];
    if (error.hint !== undefined) lines.push(`hint: ${visible(error.hint, 2_000)}`);
    return { lines, exitCode: error.exitCode };
  }
  const stack = inspect(error, { depth: 4, breakLength: 120 }).split('\n').slice(0, 60);
  return {
    lines: ['wireproof: unexpected error', ...stack.map((line) => visible(line, 1_000))],
    exitCode: ExitCode.capture,
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
