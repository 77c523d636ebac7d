import { standIn } from '../../../test/monitor/accelerated.ts';
import { EVENTS } from '../../../test/monitor/world/events.ts';
import { BEGIN } from '../../../test/monitor/world/time.ts';
import { World } from '../../../test/monitor/world/world.ts';

/**
 * The stand-in of the Hub as a process of its own, so that what the monitor's process holds and does can
 * be told by itself. Sends its URL, then takes the time: a number, answered by it.
 *
 *   fork('hub-process.ts', [SEED, seeded | quiet])
 */
const [seed = '1', kind] = process.argv.slice(2);
const world = new World(Number(seed), { events: kind === 'quiet' ? [] : EVENTS });
let now = BEGIN;
const { url, hub } = await standIn(world, () => now, { begin: BEGIN });

process.on('message', (moment) => {
  if (moment === 'served') process.send?.([...hub.served]);
  else {
    now = Number(moment);
    process.send?.(now);
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.(url);
