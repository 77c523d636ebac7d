import { beforeAll, expect, it } from 'vitest';
import { type Killing, runKilled, type Survived, stateIn } from '../monitor/killing.ts';
import type { SeededEvent } from '../monitor/world/events.ts';
import { BEGIN, HOUR } from '../monitor/world/time.ts';
import { SLOT, World } from '../monitor/world/world.ts';

const begin = BEGIN + 9 * HOUR;
const outage = (workload: string, from: number, to: number): SeededEvent => ({
  name: 'outage',
  workload,
  trouble: { kind: 'outage' },
  onset: begin + from * SLOT,
  end: begin + to * SLOT,
  rules: ['errors.burn-rate'],
  within: 2 * SLOT,
});
const world = new World(5, {
  events: [outage('catalog', 2, 5), outage('auth', 7, 10)],
  scale: 0.1,
});
const end = begin + 13 * SLOT - 1;
/** In each of the two ways; docs/accuracy.md tells of a run with a hundred. */
const KILLS = Number(process.env.KILLS ?? 10);
/** In one run; where there are more, two go side by side. */
const OF_RUN = Math.min(25, KILLS);

const killing: Omit<Killing, 'seed' | 'kills' | 'lives'> = { world, begin, end };
let undisturbed: Survived;

beforeAll(async () => {
  undisturbed = await runKilled({ ...killing, seed: 0, kills: 0, lives: 0 });
});

/** Runs until there were enough kills, which lie all over what the undisturbed run does. */
async function killed(first: number, more: Partial<Killing>): Promise<Survived[]> {
  const runs: Survived[] = [];
  let seed = first;
  let kills = 0;
  const lane = async () => {
    while (kills < KILLS) {
      // Those of a run that has begun count already, until it is known how many they were.
      kills += OF_RUN;
      const lives = Math.ceil((2 * undisturbed.lived) / OF_RUN);
      const how = { ...killing, ...more, kills: OF_RUN, lives };
      const run = await runKilled({ ...how, seed: seed++ });
      kills += run.kills - OF_RUN;
      runs.push(run);
    }
  };
  await Promise.all([lane(), lane()]);
  return runs;
}

const news = ({ messages }: Pick<Survived, 'messages'>) =>
  new Set(messages.map(({ alert: { id, state } }) => `${id} ${state}`));

function expectSame(run: Survived): void {
  expect(news(run)).toEqual(news(undisturbed));
  const bodies = Map.groupBy(run.messages, ({ id }) => id).values();
  for (const same of bodies) {
    expect(new Set(same.map(({ alert }) => JSON.stringify(alert))).size).toBe(1);
  }
  const printed = new Set(run.printed.map(({ id, state }) => `${id} ${state}`));
  expect(printed).toEqual(news(undisturbed));
  expect([...run.files.keys()]).toEqual([...undisturbed.files.keys()]);
  for (const [path, bytes] of run.files) {
    if (path.includes('hours')) expect(bytes, path).toBe(undisturbed.files.get(path));
  }
  expect(stateOf(run)).toEqual(stateOf(undisturbed));
}

/** Everything that is kept but what was delivered when. */
function stateOf({ files }: Survived) {
  const [text] = [...files].filter(([path]) => path.endsWith('state.json.zst')).map(([, it]) => it);
  const { outbox: _, ...state } = stateIn(text ?? '');
  return state;
}

it('the run that nobody disturbs tells an outage, from firing to resolved', () => {
  const mine = undisturbed.messages
    .map(({ alert }) => alert)
    .filter(({ category, subject }) => category === 'errors' && subject.workload === 'catalog');
  expect(mine.map(({ state }) => state)).toEqual(['firing', 'resolved']);
});

it('killed at random points of its work, it loses and doubles nothing', async () => {
  const runs = await killed(100, {});
  expect(runs.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThanOrEqual(KILLS);
  for (const run of runs) expectSame(run);
}, 900_000);

it('neither when the Hub fails now and then meanwhile', async () => {
  const failing = (question: number) => (question % 97 === 40 ? 'dropping' : 'up');
  const runs = await killed(500, { state: failing });
  for (const run of runs) expectSame(run);
}, 900_000);
