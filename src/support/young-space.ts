import v8 from 'node:v8';

/** V8's young generation may grow to this, and to twice as much where it is not looked at in time. */
const ENOUGH_BYTES = 16 * 1024 * 1024;
const LOOK_MS = 10;

/**
 * Does work during which V8's young generation stops growing at 16 MiB. It otherwise grows to 128 MiB,
 * since what is read and dropped at once fills it: for a stream of calls that is half of the process's
 * memory, and saves no time. Only the factor of its growth can be set while a program runs.
 */
export async function withSmallYoungSpace<T>(work: () => Promise<T>): Promise<T> {
  const look = () => {
    if (youngBytes() >= ENOUGH_BYTES) v8.setFlagsFromString('--semi-space-growth-factor=1');
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    v8.setFlagsFromString('--semi-space-growth-factor=2');
  }
}

function youngBytes(): number {
  return v8.getHeapSpaceStatistics().find(isYoung)?.space_size ?? 0;
}

function isYoung({ space_name: name }: v8.HeapSpaceInfo): boolean {
  return name === 'new_space';
}
