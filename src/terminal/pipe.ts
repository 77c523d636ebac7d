import { CaptureError } from '../support/errors.ts';

/** As much of a writable stream as the faces use. */
export interface Sink {
  write(text: string): unknown;
  /** How wide a terminal is. */
  readonly columns?: number;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** A stream of results. */
export interface Pipe {
  readonly write: (text: string) => void;
  /** Waits for what was written. Throws CaptureError where that failed. */
  readonly settle: () => Promise<void>;
}

/**
 * A writer that falls silent when its reader goes away (`wireproof … | head`): the exit code still
 * tells the verdict. Where it can't write for another reason nobody has seen the verdict.
 */
export function pipe(sink: Sink): Pipe {
  let closed = false;
  let broken: NodeJS.ErrnoException | undefined;
  sink.on('error', (error) => {
    closed = true;
    if (error.code !== 'EPIPE') broken ??= error;
  });
  return {
    write: (text) => {
      if (!closed) sink.write(text);
    },
    settle: async () => {
      // A stream tells of its error in a turn of its own.
      await new Promise((resolve) => setImmediate(resolve));
      if (!broken) return;
      throw new CaptureError(`cannot write stdout: ${broken.message}`, { cause: broken });
    },
  };
}
