import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChildCall } from '../../src/profile/fanout.ts';
import { namedValues } from '../../src/profile/named-values.ts';
import { PassedOn } from '../../src/profile/passed-on.ts';
import type { Said } from '../../src/profile/said.ts';
import { call } from '../support/calls.ts';
import { target } from './fanout-target.ts';

type Ids = readonly (string | number)[];

const says = (ids: Ids, request: object = {}, response: object = {}): Said => ({
  subject: { hash: 0, isRequest: false, ids },
  request: namedValues(request),
  response: namedValues(response),
});

const child = (id: string, said: Said, confidence = 1): ChildCall => ({
  call: call({ to: 'stock', id }),
  target: target('stock'),
  confidence,
  said,
});

/** A call that names `ids`. */
const naming = (id: string, ids: Ids, confidence = 1) => child(id, says(ids), confidence);

function seen(...calls: readonly [handled: Said, ...ChildCall[]][]): PassedOn {
  const passed = new PassedOn();
  for (const [handled, ...made] of calls) passed.observe(handled, made);
  return passed;
}

const again = (passed: PassedOn) =>
  PassedOn.fromJSON(JSON.parse(JSON.stringify(passed)) as ReturnType<PassedOn['toJSON']>);

it('ids that are passed on are counted, each once, and calls about others are known', () => {
  const asked = says(['42', 42, 'a1']);
  const { ids } = seen(
    [asked, naming('same', [7, 42])],
    [asked, naming('text', ['42'])],
    [asked, naming('word', ['a1'])],
    [asked, naming('other', ['b2', 43])],
  );
  expect(ids).toMatchObject({ seen: 4, passed: 3, others: ['other'] });
  expect(Math.round(ids.things)).toBe(2);
});

it.each<[string, Ids, ChildCall]>([
  ['caused by one that names none', [], naming('c', ['a1'])],
  ['that names none', ['a1'], naming('c', [])],
  ['whose cause is a guess', ['a1'], naming('c', ['a1'], 0.89)],
])('a call %s does not count', (_, asked, one) => {
  expect(seen([says(asked), one]).toJSON()).toEqual({});
});

it('a link that is nearly sure counts', () => {
  expect(seen([says(['a1']), naming('c', ['a1'], 0.9)]).ids).toMatchObject({ seen: 1, passed: 1 });
});

it('values of requests and of answers are compared by their name', () => {
  const handled = says([], { page: '2', sort: 'price', limit: 10 }, { total: 7.5, id: 'x' });
  const passed = seen(
    [handled, child('same', says([], { page: 2, limit: '10' }, { total: '7.5' }))],
    [handled, child('other', says([], { page: 3, size: 2 }, { total: 8, id: 'x' }))],
  );
  const told = ({ entries }: PassedOn['answers']) =>
    entries.map(([name, { seen, passed, others }]) => [name, seen, passed, others]);
  expect(told(passed.parameters)).toEqual([
    ['limit', 1, 1, []],
    ['page', 2, 1, ['other']],
  ]);
  expect(told(passed.answers)).toEqual([
    ['id', 1, 1, []],
    ['total', 2, 1, ['other']],
  ]);
});

it('values of requests are also looked for under other names, where they tell something', () => {
  const handled = says([], { amount_cents: 75657, currency: 'EUR', note: 'none' });
  const passed = seen(
    [handled, child('same', says([], { amount: '75657', currency: 'EUR', a: 'EUR', b: 12 }))],
    [handled, child('other', says([], { amount: 75658, note: 'other' }))],
    [says([]), child('none', says([], { amount: 75657 }))],
  );
  expect(passed.renamed.entries.map(([name, { seen, passed }]) => [name, seen, passed])).toEqual([
    ['amount', 2, 1],
  ]);
  expect(passed.renamed.entries[0]?.[1].others).toEqual(['other']);
});

it('values of several calls, or of one whose cause is a guess, are not compared', () => {
  const [asked, same] = [says([], { page: 1 }), says([], { page: 1 })];
  expect(seen([asked, child('a', same), child('b', same)]).parameters.entries).toEqual([]);
  expect(seen([asked, child('a', same, 0.89)]).parameters.entries).toEqual([]);
});

it('parts of a capture add up, in any order and stored', () => {
  const values = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.integer({ max: 1003, min: 998 }),
  );
  const made = fc.tuple(fc.array(fc.constantFrom('x1', 'x2'), { maxLength: 2 }), values, values);
  fc.assert(
    fc.property(fc.array(fc.tuple(made, made)), fc.nat(), (calls, at) => {
      const all = calls.map(([handled, one], i): [Said, ChildCall] => [
        says(...handled),
        child(`c${i}`, says(...one)),
      ]);
      const cut = at % (calls.length + 1);
      const [first, second] = [seen(...all.slice(0, cut)), seen(...all.slice(cut))];
      const merged = again(second);
      merged.merge(again(first));
      expect(merged.toJSON()).toEqual(seen(...all).toJSON());
      expect(again(merged).toJSON()).toEqual(merged.toJSON());
    }),
  );
});
