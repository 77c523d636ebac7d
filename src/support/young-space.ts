import v8 from 'node:v8';

/**
 * Does work during which V8's young generation grows no further. It otherwise grows to three times
 * 16 MiB and more, and what is read and dropped at once fills it: for a stream of calls that is a third
 * of the process's memory, for a tenth of the time.
 */
export async function withSmallYoungSpace<T>(work: () => Promise<T>): Promise<T> {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  try {
    return await work();
  } finally {
    v8.setFlagsFromString('--semi-space-growth-factor=2');
  }
}
