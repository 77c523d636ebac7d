import { expect, it } from 'vitest';
import type { ChildCall } from '../../src/profile/fanout.ts';
import { ChildStats } from '../../src/profile/fanout-child-stats.ts';
import { PassedIds } from '../../src/profile/passed-ids.ts';
import { call } from '../support/calls.ts';
import { target } from './fanout-target.ts';

type Ids = readonly (string | number)[];

/** A call that names `ids`. */
const child = (id: string, ids: Ids | undefined, confidence = 1): ChildCall => ({
  call: call({ to: 'stock', id }),
  target: target('stock'),
  confidence,
  ...(ids && { ids }),
});

function seen(...calls: readonly [asked: Ids, child: ChildCall][]): PassedIds {
  const ids = new PassedIds();
  for (const [asked, one] of calls) ids.observe(asked, one);
  return ids;
}

it('ids that are passed on are counted, each once, and calls about others are known', () => {
  const asked = ['42', 42, 'a1'];
  const ids = seen(
    [asked, child('same', [7, 42])],
    [asked, child('text', ['42'])],
    [asked, child('word', ['a1'])],
    [asked, child('other', ['b2', 43])],
  );
  expect(ids).toMatchObject({ seen: 4, passed: 3, others: ['other'] });
  expect(Math.round(ids.things)).toBe(2);
});

it.each<[string, Ids, ChildCall]>([
  ['caused by one that names none', [], child('c', ['a1'])],
  ['that names none', ['a1'], child('c', [])],
  ['of which nothing is known', ['a1'], child('c', undefined)],
  ['whose cause is a guess', ['a1'], child('c', ['a1'], 0.89)],
])('a call %s does not count', (_, asked, one) => {
  expect(seen([asked, one]).toJSON()).toBeUndefined();
});

it('a link that is nearly sure counts', () => {
  expect(seen([['a1'], child('c', ['a1'], 0.9)])).toMatchObject({ seen: 1, passed: 1 });
});

it('nothing is known where the handled call is not', () => {
  const stats = new ChildStats();
  stats.observe(call({ id: 'p' }), [child('c', ['a1'])]);
  expect(stats.ids.seen).toBe(0);
});

it('parts of a capture add up, also stored', () => {
  const first = seen([['a'], child('c1', ['a'])], [['b'], child('c2', ['x'])]);
  const all = seen([['a'], child('c1', ['a'])]).toJSON();
  expect(PassedIds.fromJSON(all).toJSON()).toEqual(all);
  const second = seen([['c'], child('c3', ['c'])], [['a'], child('c4', ['y'])]);
  const merged = PassedIds.fromJSON(first.toJSON());
  merged.merge(PassedIds.fromJSON(undefined));
  merged.merge(PassedIds.fromJSON(second.toJSON()));
  expect(merged).toMatchObject({ seen: 4, passed: 2 });
  expect(merged.others.toSorted()).toEqual(['c2', 'c4']);
  expect(Math.round(merged.things)).toBe(2);
});
