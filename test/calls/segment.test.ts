import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixed, isClass, isFixed, isSuffix, literal, MAX_TOKENS } from '../../src/calls/segment.ts';
import { classify } from '../../src/calls/segment-class.ts';
import { pathTokens } from '../../src/calls/segment-path.ts';

describe('what surely varies has a class', () => {
  test.each([
    ['12345', '{int}'],
    ['0', '{int}'],
    ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6', '{uuid}'],
    ['F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6', '{uuid}'],
    ['507f1f77bcf86cd799439011', '{hex}'],
    ['da39a3ee5e6b4b0d3255bfef95601890afd80709', '{hex}'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '{ulid}'],
    ['2024-05-01', '{date}'],
    ['2024-05-01T10:30:00Z', '{datetime}'],
    ['alice@example.com', '{email}'],
    ['10.0.0.1', '{ip}'],
    ['1.2.3', '{version}'],
    ['v1.2.3-rc.1', '{version}'],
    ['-12.5', '{number}'],
    ['52.52,13.40', '{list}'],
    ['en-US', '{locale}'],
    ['pt_BR', '{locale}'],
    ['3n3Ppam7vgaVa1iaRUc9Lp', '{token}'],
    ['dQw4w9WgXcQ', '{token}'],
    ['SM0123456789abcdef0123456789abcdef', '{token}'],
    ['acct_19tLK7DS', 'acct_{token}'],
    ['cus_NffrFeUfNVHibx', 'cus_{token}'],
    ['PROJ-123', 'PROJ-{int}'],
    ['user12345', 'user{int}'],
    ['tt0111161', 'tt{int}'],
    [`sha256:${'0a'.repeat(32)}`, 'sha256:{hex}'],
    ['my-first-post-12345', '{slug}'],
    ['IMG_2041.jpg', '{file}'],
    ['app.3f2a1b9c.js', '{file}'],
    ['@alice', '@{name}'],
    ['group/project', '{text}'],
    ['two words', '{text}'],
    ['x'.repeat(65), '{text}'],
    ['{orderId}', '{id}'],
    [':orderId', '{id}'],
    ['<order_id>', '{id}'],
  ])('%s is %s', (text, token) => expect(classify(text)).toBe(token));
});

describe('names stay words', () => {
  test.each([
    'orders',
    'v1',
    'v1beta1',
    'v20.0',
    'oauth2',
    'sha256',
    's3',
    'x509',
    'getUserProfileById',
    'chat.postMessage',
    'payment-methods',
    'set-default-shipping-address',
    'top_rated',
    'robots.txt',
    '_search',
    '$metadata',
    '@me',
    'rbac.authorization.k8s.io',
    '__proto__',
    'Straße',
  ])('%s', (word) => expect(classify(word)).toBe(word));
});

describe('paths', () => {
  test.each([
    ['/', []],
    ['', []],
    ['/orders/12?expand=items#top', ['orders', '{int}']],
    ['//orders//12/', ['orders', '{int}']],
    ['https://host:8080/orders/12', ['orders', '{int}']],
    ['http://host', []],
    ['/3/movie/550', ['3', 'movie', '{int}']],
    ['/12/movie', ['{int}', 'movie']],
    ['/rest/api/2/issue/ABC-1', ['rest', 'api', '2', 'issue', 'ABC-{int}']],
    ['/rest/agile/1.0/board/7', ['rest', 'agile', '1.0', 'board', '{int}']],
    ['/2010-04-01/Accounts.json', ['2010-04-01', 'Accounts', '.json']],
    ['/stats/2024-05-01', ['stats', '{date}']],
    ['/products/632910392.json', ['products', '{int}', '.json']],
    ['/topics/orders:publish', ['topics', 'orders', ':publish']],
    ['/Users(5)/Name', ['Users({id})', 'Name']],
    ['/a;v=1/b', ['a', 'b']],
    ['/a%2Db', ['a-b']],
    ['/a/%zz', ['a', '{text}']],
    ['/a/%00', ['a', '{text}']],
    ['/a/b%7Bc', ['a', '{text}']],
    ['/.json', ['%2Ejson']],
    ['/=x/%23y', ['{text}', '{text}']],
  ])('%s', (path, tokens) => expect(pathTokens(path)).toEqual(tokens));

  test('are bounded however long they are', () => {
    expect(pathTokens('/a'.repeat(10_000))).toHaveLength(MAX_TOKENS + 1);
    expect(pathTokens('/a'.repeat(10_000)).at(-1)).toBe('{rest}');
    expect(pathTokens(`/${'x'.repeat(1_000_000)}`)).toEqual(['{text}']);
  });

  test('give tokens that no traffic can forge or break', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('/', '%', '{', '}', '=', ':', '.', '#', '1', 'a', '\0') }),
    );
    fc.assert(
      fc.property(hostile, (path) => {
        for (const token of pathTokens(path)) {
          expect(token).not.toBe('');
          expect(token.length).toBeLessThanOrEqual(256);
          expect(isFixed(token)).toBe(false);
          expect(token).not.toMatch(/[\p{Cc}\s/?]/u);
          if (token.includes('{')) expect(token).toMatch(/\{[a-z]+\}\)?$/);
        }
      }),
    );
  });

  test('mean the same however they are encoded', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_.~@,-]{1,30}$/), (segment) => {
        fc.pre(segment !== '.');
        const encoded = Array.from(segment, (c) => `%${c.charCodeAt(0).toString(16)}`).join('');
        expect(pathTokens(`/x/${encoded}`)).toEqual(pathTokens(`/x/${segment}`));
      }),
    );
  });
});

describe('tokens', () => {
  test('a literal is neither class, name nor suffix', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (word) => {
        const token = literal(word);
        expect(isClass(token) || isFixed(token) || isSuffix(token)).toBe(false);
      }),
    );
  });

  test('a long name keeps its ends and differs by its middle', () => {
    const one = fixed(`${'a'.repeat(400)}1${'b'.repeat(400)}`);
    const other = fixed(`${'a'.repeat(400)}2${'b'.repeat(400)}`);
    expect(one.length).toBeLessThan(500);
    expect(one).not.toBe(other);
  });
});
