import { expect, it } from 'vitest';
import { Rollouts } from '../../src/monitor/rollouts.ts';
import { slotAt, WEEK_MS } from '../../src/monitor/slot.ts';

const INTERVAL = 300_000;
const BEGIN = Date.UTC(2026, 10, 2, 9);

const view = (i: number, ...revisions: readonly string[]) => ({
  slot: slotAt(BEGIN + i * INTERVAL, INTERVAL),
  revisions: new Map([['orders', new Set(revisions)]]),
});

function learned(...views: readonly ReturnType<typeof view>[]): Rollouts {
  const rollouts = new Rollouts();
  for (const each of views) rollouts.learn(each);
  return new Rollouts(JSON.parse(JSON.stringify(rollouts)));
}

it('a revision that was never seen begins a rollout, also with the slot at hand', () => {
  const rollouts = learned(view(0, 'a'), view(1, 'a', 'b'), view(2, 'b'), view(3, 'a'));
  expect(rollouts.of(view(4, 'a'))('orders')).toEqual([BEGIN + INTERVAL]);
  expect(rollouts.of(view(4, 'c'))('orders')).toEqual([BEGIN + INTERVAL, BEGIN + 4 * INTERVAL]);
  expect(rollouts.of(view(4, 'c'))('web')).toEqual([]);
});

it('what is over for a week is forgotten, and what an earlier version kept is read', () => {
  const late = view(Math.ceil(WEEK_MS / INTERVAL) + 2, 'b');
  expect(learned(view(0, 'a'), view(1, 'b'), late).of(late)('orders')).toEqual([]);
  const kept = new Rollouts([
    ['orders', ['a', 'b'], BEGIN],
    ['web', ['a'], null],
  ]);
  expect(kept.of(view(1, 'b'))('orders')).toEqual([BEGIN]);
  expect(kept.of(view(1, 'b'))('web')).toEqual([]);
});
