import { describe, expect, it } from 'vitest';
import { templatesOf } from './drawn.ts';

const drawn = (...paths: readonly (string | readonly string[])[]) => templatesOf(paths.flat());

/** Words that no API is known by. */
const unknown =
  'alice bob carol dave erin frank heidi ivan judy mallory oscar peggy rupert sybil trent victor wendy yolanda zoltan quentin'.split(
    ' ',
  );
const dashed = unknown.map((word) => `${word}-lamp`);
const codes = 'FALL MERRY SUNNY RAINY WINDY SNOWY FOGGY COLD'.split(' ');
const under = (prefix: string, words: readonly string[], ...tails: readonly string[]) =>
  words.flatMap((word) =>
    (tails.length > 0 ? tails : ['']).map((tail) => `${prefix}/${word}${tail}`),
  );

/** Whether so many of the words, and one fewer, are values behind the prefix. */
function around(
  size: number,
  prefix: string,
  words: readonly string[],
  tails: readonly string[] = [],
  beside: readonly string[] = [],
): [fewer: boolean, so: boolean] {
  const areValues = (count: number) => {
    const templates = drawn(under(prefix, words.slice(0, count), ...tails), beside);
    return templates.every((one) => !one.includes(words[0] as string));
  };
  return [size > 1 && areValues(size - 1), areValues(size)];
}

const FROM_HERE = [false, true];
const NEVER = [false, false];

describe('unknown words are values', () => {
  it.each([
    ['/orders', 3],
    ['/order', 4],
    ['/zzz', 8],
    ['/zzz/17', 16],
  ])('behind %j from so many on: %s', (prefix, size) => {
    expect(around(size, prefix, unknown)).toEqual(FROM_HERE);
  });

  it.each(['', '/api', '/v2', '/rest'])('behind %j never by their number alone', (prefix) => {
    expect(around(unknown.length, prefix, unknown)).toEqual(NEVER);
  });

  it('from fewer on beside ids', () => {
    expect(around(3, '/zzz', unknown, [], ['/zzz/17'])).toEqual(FROM_HERE);
    expect(around(16, '', unknown, [], ['/17'])).toEqual(FROM_HERE);
  });

  it('from fewer on with dashes, or in capitals', () => {
    expect(around(6, '/zzz', dashed)).toEqual(FROM_HERE);
    expect(around(2, '/zzz', codes)).toEqual(FROM_HERE);
    expect(around(6, '', codes)).toEqual(FROM_HERE);
    expect(around(1, '/orders', codes)).toEqual(FROM_HERE);
  });

  it('from fewer on where the same hangs below them', () => {
    expect(around(5, '/zzz', unknown, ['/issues'])).toEqual(FROM_HERE);
    expect(around(3, '/zzz', unknown, ['/issues', '/pulls'])).toEqual(FROM_HERE);
    expect(around(8, '/zzz', unknown, ['/17/issues', '/17/pulls'])).toEqual(FROM_HERE);
    expect(around(3, '/zzz', unknown, ['/quux/issues', '/quux/pulls'])).toEqual(FROM_HERE);
    expect(around(8, '/zzz', unknown, ['/search'])).toEqual(FROM_HERE);
  });

  it('from fewer on only where half of what hangs below them is shared', () => {
    const own = 'items labels prices photos rooms seats jobs teams'.split(' ');
    const paths = (size: number) =>
      unknown
        .slice(0, 4)
        .flatMap((word, i) => [
          `/zzz/${word}/issues`,
          ...own.slice(size * i, size * (i + 1)).map((one) => `/zzz/${word}/${one}`),
        ]);
    expect(drawn(paths(1))).toHaveLength(5);
    expect(drawn(paths(2))).toHaveLength(12);
  });

  it('not by more than twelve unknown or compound words that hang below them', () => {
    const names =
      'order-items user-roles price-list stock-level cart-rules tax-rates shop-settings team-members ' +
      'job-history key-values map-layers page-views photo-albums';
    const tails = names.split(' ').map((name) => `/${name}`);
    expect(drawn(under('/zzz', unknown.slice(0, 3), ...tails.slice(1)))).toHaveLength(12);
    expect(drawn(under('/zzz', unknown.slice(0, 3), ...tails))).toHaveLength(39);
  });

  it('from more on where each has its own below it', () => {
    const own = ['items', 'labels', 'prices', 'photos', 'rooms', 'seats'];
    const paths = (size: number) =>
      unknown.slice(0, size).map((word, i) => `/orders/${word}/${own[i]}`);
    expect(drawn(paths(4))).toHaveLength(4);
    expect(drawn(paths(6)).every((one) => one.startsWith('/orders/{id}'))).toBe(true);
    const some = (size: number) => drawn(paths(size), under('/orders', unknown.slice(size, 4)));
    expect(some(3)).toHaveLength(4);
    expect(some(2)).toEqual(['/orders/{id}', '/orders/{id}/items', '/orders/{id}/labels']);
  });

  it('not where they are collections themselves', () => {
    const shops = unknown.slice(0, 4);
    expect(drawn(under('/shops', shops, '', '/17'))).toHaveLength(8);
    expect(drawn(under('/shops', shops, '/17'))).toEqual(['/shops/{id}/{id}']);
    expect(drawn(under('/shops', shops, '', '/open'))).toEqual(['/shops/{id}', '/shops/{id}/open']);
  });

  it('from more on beside names', () => {
    expect(around(9, '/zzz', unknown, [], ['/zzz/orders'])).toEqual(FROM_HERE);
    expect(around(8, '/zzz', unknown, [], ['/zzz/order-items'])).toEqual(FROM_HERE);
    expect(around(10, '/zzz', unknown, [], ['/zzz/orders', '/zzz/users'])).toEqual(FROM_HERE);
  });
});

describe('a known word beside values', () => {
  const people = unknown.slice(0, 8);

  it('is one of eight or more that behave alike', () => {
    expect(drawn(under('/users', people), '/users/docs')).toEqual(['/users/{id}']);
    expect(drawn(under('/users', people.slice(1)), '/users/docs')).toEqual([
      '/users/docs',
      '/users/{id}',
    ]);
  });

  it('is one of three or more with dashes, where it has one', () => {
    const some = dashed.slice(0, 3);
    expect(drawn(under('/users', some), '/users/code-review')).toEqual(['/users/{id}']);
    expect(drawn(under('/users', some), '/users/docs')).toHaveLength(2);
  });

  it('is none where it was called far more', () => {
    const calls = (times: number) =>
      drawn(under('/users', people), Array(times).fill('/users/docs'));
    expect(calls(4)).toEqual(['/users/{id}']);
    expect(calls(5)).toEqual(['/users/docs', '/users/{id}']);
  });

  it('is one by what hangs below it', () => {
    const paths = (...own: string[]) =>
      drawn(
        under('/users', people, '/issues', '/labels', '/photos'),
        under('/users', ['docs'], ...own),
      );
    expect(paths('/issues').some((one) => one.includes('docs'))).toBe(false);
    expect(paths('/prices')).toContain('/users/docs/prices');
    expect(paths('')).toContain('/users/docs');
    const often = Array(30).fill('/users/docs/issues');
    expect(paths(...often.map(() => '/issues'))).toContain('/users/docs/issues');
    expect(
      paths('/issues', '/labels', '/photos', ...Array(30).fill('/issues')).join(),
    ).not.toContain('docs');
  });

  it('may be a value with other known ones that share what hangs below them', () => {
    const known = ['docs', 'design', 'content', 'network'];
    const tails = ['/issues', '/labels', '/photos'];
    expect(drawn(under('/repos', known, ...tails))).toHaveLength(3);
    expect(drawn(under('/repos', known.slice(1), ...tails))).toHaveLength(9);
  });
});

describe('where very many words were values', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const many = Array.from(
    { length: 104 },
    (_, i) => `zq${letters[i % 26]}${letters[Math.floor(i / 26)]}x`,
  );
  const beside = (...others: readonly string[]) => drawn(under('/users', many), others);

  it('a known one that behaves alike is one too, if it was called as seldom', () => {
    expect(beside('/users/docs')).toEqual(['/users/{id}']);
    expect(beside(...Array(13).fill('/users/docs'))).toEqual(['/users/{id}']);
    expect(beside(...Array(14).fill('/users/docs'))).toEqual(['/users/docs', '/users/{id}']);
    expect(beside('/users/docs', '/users/docs/labels')).toContain('/users/docs/labels');
    expect(beside('/users/me')).toEqual(['/users/me', '/users/{id}']);
  });

  it('one that is called itself is none where the others are not', () => {
    const paths = drawn(under('/users', many, '/labels'), '/users/docs');
    expect(paths).toEqual(['/users/docs', '/users/{id}/labels']);
    expect(drawn(under('/users', many, '/labels'), '/users/docs/labels')).toEqual([
      '/users/{id}/labels',
    ]);
  });
});

describe('languages, versions and groups', () => {
  it('two languages are values where they are most of the words', () => {
    expect(drawn('/en/x', '/de/x')).toEqual(['/{id}/x']);
    expect(drawn('/en/x', '/de/x', '/shop')).toEqual(['/shop', '/{id}/x']);
    expect(drawn('/en/x', '/de/x', '/shop', '/cart')).toHaveLength(4);
    expect(drawn('/en/x')).toEqual(['/en/x']);
  });

  it('words that stand for a version are values beside versions', () => {
    const names = ['latest', 'stable', 'edge', 'nightly', 'main'];
    expect(drawn('/tags/1.2.3', under('/tags', names))).toEqual(['/tags/{id}']);
    expect(drawn(under('/tags', names.slice(0, 2)))).toHaveLength(2);
    expect(drawn('/tags/1.2.3', '/tags/quux')).toEqual(['/tags/{id}']);
    expect(drawn('/tags/17', '/tags/quux')).toEqual(['/tags/quux', '/tags/{id}']);
    expect(drawn('/tags/1.2.3', '/tags/orders', '/tags/users')).toEqual([
      '/tags/orders',
      '/tags/users',
      '/tags/{id}',
    ]);
  });

  it('what a version follows is the name of an API', () => {
    const groups = unknown.slice(0, 6);
    expect(drawn(under('/orders', groups, '/v1'))).toHaveLength(6);
    expect(drawn(under('/orders', groups, '/vx'))).toEqual(['/orders/{id}/vx']);
  });

  it('a word found to be a value elsewhere is one where it stands alone', () => {
    const people = unknown.slice(0, 4);
    const known = drawn(under('/users', people), '/zzz/alice');
    expect(known).toEqual(['/users/{id}', '/zzz/alice']);
    expect(drawn(under('/users', people), '/followers/alice')).toContain('/followers/{id}');
    expect(drawn('/followers/alice')).toEqual(['/followers/alice']);
  });

  it('a known word found to be a value is one elsewhere only where it is compound', () => {
    const known = ['code-review', 'price-list', 'order-items'];
    const some = dashed.slice(0, 6);
    expect(drawn(under('/users', [...some, ...known]), under('/followers', known))).toEqual([
      '/followers/{id}',
      '/users/{id}',
    ]);
    expect(drawn(under('/followers', known))).toHaveLength(3);
    const people = unknown.slice(0, 12);
    const names = ['docs', 'design', 'content'];
    const drawnOf = drawn(under('/users', [...people, 'docs']), under('/followers', names));
    expect(drawnOf).toEqual([...names.map((name) => `/followers/${name}`).sort(), '/users/{id}']);
  });
});
