import { describe, expect, it } from 'vitest';
import type { Family } from '../../src/calls/target.ts';
import { type CountedFamily, drawNames } from '../../src/compare/draw-names.ts';
import { pairOperations } from '../../src/compare/pairs.ts';
import { PathTrie } from '../../src/profile/path-trie.ts';
import { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

const family = (given: Partial<Family> = {}): Family => ({
  workload: 'shop',
  protocol: 'http',
  method: 'GET',
  separator: '/',
  mutation: false,
  ...given,
});

/** What one side called of a family: [path, how often]. */
function counted(
  calls: readonly (readonly [string, number])[],
  of = family(),
): CountedFamily<{ count: number }> {
  const operations = new PathTrie<{ count: number }>({
    create: () => ({ count: 0 }),
    merge: (into, from) => {
      into.count += from.count;
    },
  });
  const separator = of.separator === '' ? '/' : of.separator;
  for (const [path, count] of calls) operations.at(path.split(separator)).count += count;
  return { family: of, operations };
}

type Side = readonly CountedFamily<{ count: number }>[];
const names = (base: Side, cand: Side, paths: readonly string[], hints?: readonly string[]) => {
  const name = drawNames(base, cand, hints);
  const of = base[0]?.family ?? family();
  return paths.map((path) => name(of, path.split('/')));
};

describe('names that both sides share', () => {
  it('have a parameter for single values alike but for one segment', () => {
    const base = [
      counted([
        ['plans/gold', 3],
        ['plans', 90],
      ]),
    ];
    const cand = [
      counted([
        ['plans/silver', 2],
        ['plans', 90],
      ]),
    ];
    expect(names(base, cand, ['plans/gold', 'plans/silver', 'plans'])).toEqual([
      'shop GET /plans/{id}',
      'shop GET /plans/{id}',
      'shop GET /plans',
    ]);
  });

  it('have none for what was called more, by both, or of another method', () => {
    const plain = ['shop GET /plans/gold', 'shop GET /plans/silver'];
    const told = (base: Side, cand: Side) => names(base, cand, ['plans/gold', 'plans/silver']);
    const gold = (count: number) => counted([['plans/gold', count]]);
    expect(told([gold(4)], [counted([['plans/silver', 1]])])).toEqual(plain);
    expect(
      told(
        [gold(1)],
        [
          counted([
            ['plans/silver', 1],
            ['plans/gold', 1],
          ]),
        ],
      ),
    ).toEqual(plain);
    const posted = counted([['plans/silver', 1]], family({ method: 'POST' }));
    expect(told([gold(1)], [posted])).toEqual(plain);
  });

  it('count what a family has in all of its parts together', () => {
    const parts = [counted([['plans/gold', 2]]), counted([['plans/gold', 2]])];
    expect(names(parts, [counted([['plans/silver', 1]])], ['plans/gold'])).toEqual([
      'shop GET /plans/gold',
    ]);
  });

  it('follow hints of their workload', () => {
    const base = [counted([['v1/acme/items', 50]])];
    const paths = ['v1/acme/items', 'v1/other/items'];
    expect(names(base, [], paths, ['shop /v1/{tenant}/items'])).toEqual([
      'shop GET /v1/{id}/items',
      'shop GET /v1/{id}/items',
    ]);
    expect(names(base, [], ['v1/acme/items'], ['else /v1/{tenant}/items'])).toEqual([
      'shop GET /v1/acme/items',
    ]);
  });

  it('are the segments themselves of a family that neither side has', () => {
    const name = drawNames([], []);
    expect(name(family(), ['a', 'b'])).toBe('shop GET /a/b');
  });
});

describe('the operations of two profiles', () => {
  const profileOf = (...paths: readonly string[]) => {
    const profiler = new Profiler();
    for (const [i, path] of paths.entries()) {
      const [to, rest] = path.split(':') as [string, string];
      profiler.push({ kind: 'call', call: call({ id: `n/${i}`, ts: i, to, path: rest }) });
    }
    return profiler.finish();
  };

  it('stand side by side by name, a side without calls being empty', () => {
    const { pairs } = pairOperations(profileOf('b:/x', 'a:/y', 'a:/y'), profileOf('a:/y', 'c:/z'));
    expect(pairs.map(({ operation, base, cand }) => [operation, base.count, cand.count])).toEqual([
      ['a GET /y', 2, 1],
      ['b GET /x', 1, 0],
      ['c GET /z', 0, 1],
    ]);
    expect(pairs[0]?.family).toMatchObject({ workload: 'a', method: 'GET' });
    expect(pairOperations(new Profile(), new Profile()).pairs).toEqual([]);
  });

  it('are one where a template stands for their paths', () => {
    const ids = [1001, 1002, 1003, 1004, 1005].map((id) => `a:/orders/${id}`);
    const { pairs, name } = pairOperations(profileOf(...ids), profileOf('a:/orders/7'));
    expect(pairs.map(({ operation, base, cand }) => [operation, base.count, cand.count])).toEqual([
      ['a GET /orders/{id}', 5, 1],
    ]);
    const [pair] = pairs;
    expect(pair && name(pair.family, ['orders', '9'])).toBe('a GET /orders/{id}');
  });
});
