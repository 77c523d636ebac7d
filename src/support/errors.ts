/** Exit codes of the command line's contract. */
export const ExitCode = {
  pass: 0,
  fail: 1,
  usage: 2,
  capture: 3,
  inconclusive: 4,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An error that the user can act on: one line that names the input, and a hint with the remedy. */
export class KnownError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(
    message: string,
    exitCode: ExitCode,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.hint = options.hint;
  }
}

/** Wrong option, input or configuration: exit 2. */
export class UsageError extends KnownError {
  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, ExitCode.usage, options);
  }
}

/** Could not capture or read: exit 3. */
export class CaptureError extends KnownError {
  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, ExitCode.capture, options);
  }
}
