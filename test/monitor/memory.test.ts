import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { watch } from './watching.ts';
import { BEGIN, DAY, HOUR } from './world/time.ts';
import { World } from './world/world.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The full day is replayed by `npm run accuracy -- monitor`; a leak of each slot shows in hours. */
it('holds no more after hours than it did when it had seen everything', async () => {
  const heap = new Map<number, number>();
  const begin = BEGIN + DAY + 10 * HOUR;
  await watch({
    world: new World(9, { events: [], scale: 0.1 }),
    begin,
    duration: 7 * HOUR,
    listener: {
      slot: ({ view }) => {
        if ((view.slot.start - begin) % HOUR !== 0) return;
        collect();
        heap.set((view.slot.start - begin) / HOUR, process.memoryUsage().heapUsed);
      },
    },
  });
  const grown = (heap.get(6) ?? Number.NaN) - (heap.get(2) ?? Number.NaN);
  expect(grown).toBeLessThan(24 * 1024 * 1024);
});
