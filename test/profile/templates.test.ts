import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathTokens } from '../../src/calls/segment-path.ts';
import { edgesOf } from '../../src/compare/edges.ts';
import { pairOperations } from '../../src/compare/pairs.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { drawTemplates, templateScope } from '../../src/profile/templates.ts';
import { hintsFor } from '../../src/profile/templates-hints.ts';
import { openapiDocument } from '../../src/report/openapi.ts';
import { call } from '../support/calls.ts';
import { templatesOf as drawn, trieOf } from './drawn.ts';

const people = 'alice bob carol dave erin frank heidi ivan judy mallory oscar peggy'.split(' ');
const repos = 'red-lamp tiny-chair old-desk kernel toolkit walrus panda raven otter'.split(' ');

describe('words that are values', () => {
  test('user names below a collection', () => {
    expect(drawn(people.map((name) => `/users/${name}`))).toEqual(['/users/{id}']);
  });

  test('names of owners and repositories, by what hangs below them', () => {
    const paths = people.flatMap((name, i) =>
      ['issues', 'pulls', 'branches'].map((what) => `/repos/${name}/${repos[i % 9]}/${what}`),
    );
    expect(drawn(paths)).toEqual([
      '/repos/{id}/{id}/branches',
      '/repos/{id}/{id}/issues',
      '/repos/{id}/{id}/pulls',
    ]);
  });

  test('words from web APIs among them, where they behave alike', () => {
    const owners = [...people, 'docs'];
    const paths = owners.flatMap((name) => [`/repos/${name}/issues`, `/repos/${name}/labels`]);
    expect(drawn(paths)).toEqual(['/repos/{id}/issues', '/repos/{id}/labels']);
  });

  test('few, when they look like nothing else', () => {
    expect(drawn(['/coupons/SAVE5', '/coupons/FALL'])).toEqual(['/coupons/{id}']);
    expect(drawn(['/en/shop', '/de/shop'])).toEqual(['/{id}/shop']);
    expect(drawn(['/tags/1.2.3', '/tags/latest'])).toEqual(['/tags/{id}']);
  });

  test('are known again at other places', () => {
    const paths = [...people.map((name) => `/users/${name}`), '/followers/alice', '/followers/bob'];
    expect(drawn(paths)).toEqual(['/followers/{id}', '/users/{id}']);
  });
});

describe('words that are names', () => {
  test('two endpoints beside ids never merge', () => {
    expect(drawn(['/orders/search', '/orders/export', '/orders/1', '/orders/2'])).toEqual([
      '/orders/export',
      '/orders/search',
      '/orders/{id}',
    ]);
    expect(drawn(['/orders/quux', '/orders/corge'])).toEqual(['/orders/corge', '/orders/quux']);
  });

  test('who asks stays beside whom is asked for', () => {
    expect(drawn([...people.map((name) => `/users/${name}`), '/users/me'])).toEqual([
      '/users/me',
      '/users/{id}',
    ]);
  });

  test('one that looks a little like an id', () => {
    const paths = [
      '/reports/sales.csv',
      '/reports/tax.csv',
      '/settings/2fa',
      '/wrk2-api/review/wrk2-api',
    ];
    expect(drawn(paths)).toEqual(paths);
  });

  test('collections, in whatever language', () => {
    const nouns = 'kunden auftraege rechnungen lieferanten artikel lager vertraege angebote'.split(
      ' ',
    );
    const paths = nouns.flatMap((noun) => [`/api/${noun}`, `/api/${noun}/17`, `/api/${noun}/18`]);
    expect(drawn(paths)).toHaveLength(2 * nouns.length);
  });

  test('methods of an RPC API', () => {
    const parts = ['chat', 'files', 'users', 'views', 'team', 'pins'];
    const verbs = ['list', 'info', 'create', 'delete', 'update', 'archive', 'open', 'close'];
    const methods = parts.flatMap((part) => verbs.map((verb) => `/api/${part}.${verb}`));
    expect(drawn(methods)).toHaveLength(methods.length);
  });

  test('groups of an API that its versions follow', () => {
    const groups = ['zeta.io', 'eta.io', 'theta.io', 'iota.io', 'kappa.io'];
    const paths = groups.map((group) => `/apis/${group}/v1/widgets`);
    expect(drawn(paths)).toHaveLength(groups.length);
  });

  test('names such as __proto__ are words like any other', () => {
    expect(drawn(['/__proto__/constructor', '/toString'])).toEqual([
      '/__proto__/constructor',
      '/toString',
    ]);
  });
});

describe('hints', () => {
  test('go before what is learned, words before parameters', () => {
    const hints = ['GET /users/{name}', '/users/root', '/orders/{id}/items'];
    expect(
      drawn(['/users/me', '/users/x', '/users/root', '/orders/a/items', '/orders/a'], hints),
    ).toEqual(['/orders/a', '/orders/{id}/items', '/users/root', '/users/{id}']);
  });

  test('speak of stores too', () => {
    const trie = trieOf([]);
    const templates = drawTemplates([trie], (value) => value.calls, ['cart:{user}']);
    expect(templates.of(['cart', 'alice'])).toEqual(['cart', '{id}']);
    expect(templates.of(['cart', 'alice', 'x'])).toEqual(['cart', 'alice', 'x']);
  });

  test.each([
    ['orders GET /a/{b}', ['/a/{b}'], []],
    ['orders /a/{b}', ['/a/{b}'], []],
    ['GET /a/{b}', ['/a/{b}'], ['/a/{b}']],
    ['ord* /a/{b}', ['/a/{b}'], []],
    ['* /a/{b}', ['/a/{b}'], ['/a/{b}']],
    ['orders cart:{user}', ['cart:{user}'], []],
    ['/a b c', [], []],
  ])('%j is about the operations of its workload', (hint, ofOrders, ofUsers) => {
    expect(hintsFor('orders', [hint])).toEqual(ofOrders);
    expect(hintsFor('users', [hint])).toEqual(ofUsers);
  });

  test('hold in comparisons, graphs and documents, for their workload alone', () => {
    const profile = () => {
      const profiler = new Profiler();
      for (const [i, to] of ['orders', 'users'].entries()) {
        for (const [k, word] of ['/things/red/size', '/things/blue/size'].entries()) {
          const ts = 1_000 * i + 100 * k;
          const one = call({ id: `n/${ts}`, ts, from: 'web', to, path: word });
          profiler.push({ kind: 'call', call: one });
        }
      }
      return profiler.finish();
    };
    const hints = ['orders GET /things/{colour}/size'];
    const operations = [
      'orders GET /things/{id}/size',
      'users GET /things/blue/size',
      'users GET /things/red/size',
    ];
    const { pairs } = pairOperations(profile(), profile(), hints);
    expect(pairs.map(({ operation }) => operation)).toEqual(operations);
    expect(edgesOf(profile(), hints).map(({ to }) => to)).toEqual(operations);
    const document = openapiDocument(profile(), ['orders'], hints) as { paths: object };
    expect(Object.keys(document.paths)).toHaveLength(1);
  });

  test('that branch everywhere cost no more than their number', () => {
    const hints: string[] = [];
    for (let i = 0; i < 4096; i++) {
      hints.push(
        `/${i.toString(2).padStart(12, '0').replaceAll('0', 'a/').replaceAll('1', '{x}/')}b`,
      );
    }
    const templates = drawTemplates([trieOf([])], (value) => value.calls, hints);
    expect(templates.of([...Array(12).fill('a'), 'c'])).toHaveLength(13);
  });
});

describe('templates', () => {
  const segment = fc.oneof(
    fc.constantFrom('orders', 'users', 'api', 'v1', 'search', 'items', '17', 'en', 'de', 'A1B2C3'),
    fc.constantFrom(...people, ...repos),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const paths = fc.array(
    fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    { maxLength: 120, size: 'max' },
  );

  test('are the same from either side, in any order and any cut', () => {
    fc.assert(
      fc.property(paths, fc.nat(120), (all, cut) => {
        const weight = (value: { calls: number }) => value.calls;
        const base = trieOf(all.slice(0, cut));
        const candidate = trieOf(all.slice(cut));
        const one = drawTemplates([base, candidate], weight);
        const other = drawTemplates([candidate, base], weight);
        const whole = drawTemplates([trieOf([...all].reverse())], weight);
        for (const path of all) {
          const tokens = pathTokens(path);
          expect(other.of(tokens)).toEqual(one.of(tokens));
          expect(whole.of(tokens)).toEqual(one.of(tokens));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are not renamed by more calls of the same paths', () => {
    fc.assert(
      fc.property(paths, fc.nat(20), (all, times) => {
        const more = Array.from({ length: times + 2 }, () => all).flat();
        expect(drawn(more)).toEqual(drawn(all));
      }),
      { numRuns: 40 },
    );
  });

  test('keep the length of a path, its classes, and are their own template', () => {
    fc.assert(
      fc.property(paths, (all) => {
        const trie = trieOf(all);
        const templates = drawTemplates([trie], (value) => value.calls);
        for (const [tokens] of trie.leaves()) {
          const template = templates.of(tokens);
          expect(template).toHaveLength(tokens.length);
          expect(templates.of(template)).toEqual(template);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('answer for paths that nobody called', () => {
    const templates = drawTemplates([trieOf(['/users/17'])], (value) => value.calls);
    expect(templates.of(['users', 'new'])).toEqual(['users', '{id}']);
    expect(templates.of(['carts', '{uuid}', 'items'])).toEqual(['carts', '{id}', 'items']);
  });

  test('are shared by the methods of a workload', () => {
    const family = { workload: 'a', protocol: 'http', separator: '/' } as const;
    const get = templateScope({ ...family, method: 'GET', mutation: false });
    expect(templateScope({ ...family, method: 'PUT', mutation: true })).toBe(get);
    expect(templateScope({ ...family, workload: 'b', method: 'GET', mutation: false })).not.toBe(
      get,
    );
  });
});
