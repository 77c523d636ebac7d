import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY, ANY_NAME, MAX_NAMES, MAX_WORDS, PathTrie } from '../../src/profile/path-trie.ts';

interface Count {
  calls: number;
}

const count = {
  create: (): Count => ({ calls: 0 }),
  merge: (into: Count, from: Count) => {
    into.calls += from.calls;
  },
};
const newTrie = () => new PathTrie(count);
const bytes = (trie: PathTrie<Count>) => JSON.stringify(trie.toJSON(({ calls }) => calls));
const add = (trie: PathTrie<Count>, path: readonly string[]) => {
  const seen = trie.at(path);
  seen.calls++;
};
const trieOf = (paths: readonly (readonly string[])[]) => {
  const trie = newTrie();
  for (const path of paths) add(trie, path);
  return trie;
};

/** Few first tokens and many others, so that widths are passed at one depth, then at another. */
const token = fc.oneof(
  { weight: 6, arbitrary: fc.nat(150).map((n) => `zq${n}x`) },
  { weight: 2, arbitrary: fc.constantFrom('orders', 'users', 'search', '=SELECT', '.json') },
  { weight: 1, arbitrary: fc.constantFrom('{int}', '{uuid}', 'acct_{token}', ANY, ANY_NAME) },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '') },
);
const path = fc
  .tuple(fc.constantFrom('a', 'zq1x', 'zq2x'), fc.array(token, { maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest]);
const paths = fc.array(path, { maxLength: 600, size: 'max' });

describe('PathTrie', () => {
  test('holds the same bytes in any order and any cut, merged in any order', () => {
    fc.assert(
      fc.property(paths, fc.infiniteStream(fc.nat(3)), (all, random) => {
        const whole = bytes(trieOf(all));
        expect(bytes(trieOf([...all].reverse()))).toBe(whole);
        const shards = [newTrie(), newTrie(), newTrie(), newTrie()] as const;
        for (const one of all) add(shards[random.next().value as 0], one);
        const [a, b, c, d] = shards;
        c.merge(a);
        d.merge(b);
        d.merge(c);
        expect(bytes(d)).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('is read back from its leaves, in any order, alike', () => {
    fc.assert(
      fc.property(paths, (all) => {
        const trie = trieOf(all);
        const leaves = [...trie.leaves()].map(([at, value]) => [at, { ...value }] as const);
        const whole = bytes(trie);
        expect(bytes(PathTrie.fromLeaves(count, leaves))).toBe(whole);
        expect(bytes(PathTrie.fromLeaves(count, leaves.reverse()))).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('counts every path once and finds it', () => {
    fc.assert(
      fc.property(paths, (all) => {
        const trie = trieOf(all);
        let sum = 0;
        for (const [, { calls }] of trie.leaves()) sum += calls;
        expect(sum).toBe(all.length);
        for (const one of all) expect(trie.find(one)?.calls).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test('absorbs unknown words past the limit, and keeps names and classes beside them', () => {
    const trie = newTrie();
    for (let i = 0; i < MAX_WORDS; i++) add(trie, ['users', `zq${i}x`]);
    expect([...trie.leaves()]).toHaveLength(MAX_WORDS);
    for (const other of ['zq-last', 'me', 'settings', '{int}']) add(trie, ['users', other]);
    const leaves = [...trie.leaves()].map(([at, { calls }]) => `${at.join('/')} ${calls}`);
    expect(leaves).toEqual(['users/me 1', 'users/settings 1', `users/${ANY} 97`, 'users/{int} 1']);
    expect(trie.find(['users', 'never-seen'])?.calls).toBe(97);
  });

  test('absorbs names past a higher limit', () => {
    const trie = newTrie();
    for (let i = 0; i <= MAX_NAMES; i++) add(trie, [`=statement ${i}`]);
    expect([...trie.leaves()]).toEqual([[[ANY_NAME], { calls: MAX_NAMES + 1 }]]);
    expect(trie.find(['=never seen'])?.calls).toBe(MAX_NAMES + 1);
    expect(trie.find(['zq1x'])).toBeUndefined();
    const full = newTrie();
    for (let i = 0; i < MAX_NAMES; i++) add(full, [`=statement ${i}`]);
    expect([...full.leaves()]).toHaveLength(MAX_NAMES);
  });

  test('takes statements, suffixes, selectors and words of web APIs for names', () => {
    const names = ['#GetItem', '.json', ':publish', '=SELECT 1', 'me', 'orders'];
    const trie = trieOf([...names, '{int}'].map((name) => ['a', name]));
    for (let i = 0; i <= MAX_WORDS; i++) add(trie, ['a', `zq${i}x`]);
    expect([...trie.leaves()].map(([at]) => at[1])).toEqual([...names, ANY, '{int}']);
  });

  test('takes in what it has already where a class of all words comes', () => {
    const words = [
      ['zq1x', 'a'],
      ['zq2x', 'a'],
    ];
    expect([...trieOf([...words, [ANY, 'a']]).leaves()]).toEqual([[[ANY, 'a'], { calls: 3 }]]);
    const names = [['=x'], ['orders'], ['zq1x'], [ANY_NAME]];
    expect([...trieOf(names).leaves()]).toEqual([
      [['zq1x'], { calls: 1 }],
      [[ANY_NAME], { calls: 3 }],
    ]);
  });

  test('stays small under paths made up by the hundred thousand', () => {
    const trie = newTrie();
    for (let i = 0; i < 100_000; i++) add(trie, [`zq${i}x`, `zq${i % 977}y`, `zq${i % 91}z`]);
    expect([...trie.leaves()].length).toBeLessThan(MAX_WORDS * MAX_WORDS);
  });

  test('finds nothing where nothing was', () => {
    const trie = trieOf([['a', 'b']]);
    expect(trie.find(['a'])).toBeUndefined();
    expect(trie.find(['a', 'b', 'c'])).toBeUndefined();
    expect(trie.find(['__proto__'])).toBeUndefined();
  });
});
