/** As much of a writable stream as the faces use. */
export interface Sink {
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * A writer that falls silent when its reader goes away (`wireproof … | head`): the exit code still
 * tells the verdict. Any other error of the stream is thrown.
 */
export function pipe(sink: Sink): (text: string) => void {
  let closed = false;
  sink.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  return (text) => {
    if (!closed) sink.write(text);
  };
}
