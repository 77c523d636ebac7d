import { describe, expect, it } from 'vitest';
import { isPassing } from '../../../src/compare/headers/kinds.ts';
import { type Each, findings, first, told } from './findings.ts';

const etag = { etag: '"1"' };

describe('what a header says', () => {
  const says =
    (name: string, ...values: readonly string[]): Each =>
    (i) => ({ [name]: values[i % values.length] ?? '' });

  it('is told where it never said so', () => {
    const [found] = findings(
      'response',
      says('cache-control', 'no-cache', 'public'),
      says('cache-control', 'no-store', 'public'),
    );
    expect(found).toMatchObject({
      rule: 'header.changed',
      severity: 'warning',
      path: 'response 200 header cache-control',
      summary:
        "Header cache-control of response 200 says 'no-store', never seen in 'no-cache', 'public' (0/50 → 25/50).",
      baseline: "'no-cache', 'public'",
      candidate: "'no-store', 'public'",
      effect: 0.5,
    });
  });

  it('is told where answers are stale at once, or cookies deleted, as none was', () => {
    const of = (name: string, before: string, after: string) =>
      told('response', says(name, before), says(name, after));
    const warned = ['warning header.changed'];
    expect(of('cache-control', 'public, max-age=60', 'public, max-age=0')).toEqual(warned);
    expect(of('set-cookie', 'a=b; Max-Age=3600', 'a=b; Max-Age=0')).toEqual(warned);
    expect(of('set-cookie', 'a=b; Max-Age=3600', 'a=b; Max-Age=60')).toEqual([]);
  });

  it('is nothing new where it is rare, or was said before', () => {
    const rare: Each = (i) => ({ 'cache-control': i < 4 ? 'no-store' : 'public' });
    expect(told('response', says('cache-control', 'public'), rare)).toEqual([]);
    expect(
      told(
        'response',
        says('cache-control', 'public', 'no-store'),
        says('cache-control', 'public'),
      ),
    ).toEqual([]);
  });

  it('is information where it is an id', () => {
    const uuid = '0b9e3c1e-7d3b-4b0e-9d53-100000000000';
    const of = (name: string) => told('response', says(name, uuid), says(name, 'some words'));
    expect(of('x-request-id')).toEqual(['info header.changed']);
    expect(of('idempotency-key')).toEqual(['warning header.changed']);
  });

  it.each<[string, string, string, string, readonly string[]]>([
    [
      'a cookie that scripts may read',
      'set-cookie',
      'a=b; HttpOnly; Secure',
      'a=b; Secure',
      ["breaking Header set-cookie of response 200 no longer says 'httponly' (50/50 → 0/50)."],
    ],
    [
      'what caches may share',
      'cache-control',
      'private, max-age=60',
      'public, max-age=60',
      [
        "breaking Header cache-control of response 200 no longer says 'private or no-store' (50/50 → 0/50).",
      ],
    ],
    [
      'a next page',
      'link',
      '</a?page=2>; rel="next", </a?page=9>; rel="last"',
      '</a?page=9>; rel=last',
      ["breaking Header link of response 200 no longer says 'next' (50/50 → 0/50)."],
    ],
    [
      'a promise of TLS that is taken back',
      'strict-transport-security',
      'max-age=31536000',
      'max-age=0',
      [
        "breaking Header strict-transport-security of response 200 no longer says 'max-age' (50/50 → 0/50).",
      ],
    ],
    [
      'a cookie that other sites send along',
      'set-cookie',
      'a=b; SameSite=Strict',
      'a=b; SameSite=None',
      [
        "breaking Header set-cookie of response 200 no longer says 'samesite=lax or strict' (50/50 → 0/50).",
      ],
    ],
    ['a cookie that other sites no longer send', 'set-cookie', 'a=b; SameSite=None', 'a=b', []],
    [
      'credentials of other origins',
      'access-control-allow-credentials',
      'true',
      'false',
      [
        "breaking Header access-control-allow-credentials of response 200 no longer says 'true' (50/50 → 0/50).",
      ],
    ],
    ['another word of the same', 'access-control-allow-credentials', 'yes', 'no', []],
    ['a promise for less', 'strict-transport-security', 'max-age=9; preload', 'max-age=9', []],
    ['a stricter cookie', 'set-cookie', 'a=b; SameSite=Lax', 'a=b; SameSite=Strict', []],
    ['what nobody may keep', 'cache-control', 'private', 'no-store', []],
  ])('%s', (_, name, before, after, expected) => {
    const found = findings('response', says(name, before), says(name, after)).filter(
      ({ severity }) => severity === 'breaking',
    );
    expect(found.map(({ severity, summary }) => `${severity} ${summary}`)).toEqual(expected);
  });

  it.each<[string, string, string, string, readonly string[]]>([
    [
      'a cookie for some paths only',
      'set-cookie',
      'a=b; Path=/',
      'a=b; Path=/app',
      ["breaking Header set-cookie of response 200 no longer says 'path=/' (50/50 → 0/50)."],
    ],
    [
      'a session of another name',
      'set-cookie',
      'session=b; Path=/',
      'sid=b; Path=/',
      ["warning Header set-cookie of response 200 no longer says 'name=session' (50/50 → 0/50)."],
    ],
    [
      'a session of another name that scripts may read: the worse of both',
      'set-cookie',
      'auth=b; Secure',
      'sid=b',
      ["breaking Header set-cookie of response 200 no longer says 'secure' (50/50 → 0/50)."],
    ],
    [
      'another cookie beside',
      'set-cookie',
      'session=b; Path=/',
      'jwt=c; Path=/app, session=b; Path=/',
      [],
    ],
    ['a cookie for all paths', 'set-cookie', 'a=b; Path=/app', 'a=b; Path=/', []],
    [
      'a cookie that needs TLS as well',
      'set-cookie',
      'a=b; Path=/; HttpOnly',
      'a=b; Path=/; HttpOnly; Secure',
      [
        "warning Header set-cookie of response 200 says 'httponly, secure', never seen in 'httponly' (0/50 → 50/50).",
      ],
    ],
    [
      'scripts in the page',
      'content-security-policy',
      "default-src 'self'",
      "default-src 'self'; script-src 'self' 'unsafe-inline'",
      [
        "warning Header content-security-policy of response 200 says 'script-src, script-src 'unsafe-inline'', never seen in 'script-src' (0/50 → 50/50).",
      ],
    ],
    [
      'scripts from everywhere',
      'content-security-policy',
      "script-src 'self'; img-src *",
      'img-src *',
      [
        "warning Header content-security-policy of response 200 says none, never seen in 'script-src' (0/50 → 50/50).",
      ],
    ],
    [
      'one more host for scripts, another nonce',
      'content-security-policy',
      "script-src 'self' 'nonce-a'",
      "img-src *; script-src 'nonce-b' 'unsafe-inline' cdn.example 'self'",
      [],
    ],
    [
      'another character set',
      'content-type',
      'text/html; charset=utf-8',
      'text/html; charset=iso-8859-1',
      [
        "warning Header content-type of response 200 says 'charset=iso-8859-1', never seen in 'charset=utf-8' (0/50 → 50/50).",
      ],
    ],
    [
      'no character set',
      'content-type',
      'text/html; charset=utf-8',
      'text/html',
      [
        "warning Header content-type of response 200 says 'charset=(none)', never seen in 'charset=utf-8' (0/50 → 50/50).",
      ],
    ],
    [
      'a character set written otherwise',
      'content-type',
      'text/html; charset=utf-8',
      'text/html;charset="UTF-8"',
      [],
    ],
    [
      'the character set of JSON',
      'content-type',
      'application/json; charset=utf-8',
      'application/json',
      [],
    ],
    [
      'another type, which is told alone',
      'content-type',
      'text/html; charset=utf-8',
      'text/plain',
      [
        "breaking Header content-type of response 200 was 'text/html' and is 'text/plain' (0/50 → 50/50).",
      ],
    ],
  ])('%s', (_, name, before, after, expected) => {
    const found = findings('response', says(name, before), says(name, after));
    expect(found.map(({ severity, summary }) => `${severity} ${summary}`)).toEqual(expected);
  });

  it('is nothing new where a balancer adds its cookies at times, or cookies alternate', () => {
    const own = 'session=b; Path=/; HttpOnly';
    const balanced = `AWSALB=c; Expires=Thu, 03 Dec 2026 1:00:00 GMT; Path=/, ${own}`;
    const of = (before: readonly string[], after: readonly string[]) =>
      told('response', says('set-cookie', ...before), says('set-cookie', ...after));
    expect(of([own], [own, balanced])).toEqual([]);
    expect(of([own, balanced], [own])).toEqual([]);
    expect(of(['session=b', 'token=c'], ['token=c'])).toEqual([]);
    expect(of(['session=b; Path=/', 'session=b'], ['session=b'])).toEqual([]);
  });

  it('is lost where none says it any more, not where some do', () => {
    const after = says('set-cookie', 'a=b; HttpOnly', 'a=b');
    expect(told('response', says('set-cookie', 'a=b; HttpOnly'), after)).toEqual([
      'warning header.changed',
    ]);
  });

  it('is told of scripts where some policies said nothing of them, or more than that', () => {
    const policies = (scripts: string) =>
      says('content-security-policy', `sandbox; script-src ${scripts}`, 'img-src *');
    expect(told('response', policies("'self'"), policies("'unsafe-inline'"))).toEqual([
      'warning header.changed',
    ]);
  });

  it('is not judged where it was more than is kept', () => {
    const words = ['', '; HttpOnly', '; Secure', '; HttpOnly; Secure', '; Partitioned'];
    const sites = ['', '; SameSite=Lax', '; SameSite=None'];
    const many = words.flatMap((word) => sites.map((site) => `a=b${word}${site}`));
    const after = says('set-cookie', 'a=b; Partitioned; Secure');
    expect(told('response', says('set-cookie', ...many), after)).toEqual([]);
    expect(told('response', says('set-cookie', ...many.slice(0, 12)), after)).toEqual([
      'warning header.changed',
    ]);
  });

  it('that only some said is nothing new where none does', () => {
    const pages = says('link', '</a>; rel="next"', '</a>; rel="prev"');
    expect(told('response', pages, says('link', '</a>; rel="prev"'))).toEqual([]);
  });

  it('is judged, like presence, where all names are known, in their order', () => {
    const many: Each = () =>
      Object.fromEntries(Array.from({ length: 140 }, (_, i) => [`x-h${i}`, 'a']));
    expect(told('response', many, first(0, etag))).toEqual([]);
    expect(told('response', first(0, etag), many)).toEqual([]);
    const both = { vary: 'accept', etag: '"1"', allow: 'GET' };
    expect(findings('response', first(50, both), first(0, both)).map(({ path }) => path)).toEqual([
      'response 200 header allow',
      'response 200 header etag',
      'response 200 header vary',
    ]);
  });

  it('is the media type of the body, too', () => {
    const type = (...values: readonly string[]) => says('content-type', ...values);
    const [found] = findings(
      'response',
      type('application/json'),
      type('application/hal+json', 'application/json'),
    );
    expect(found).toMatchObject({
      rule: 'header.content-type-changed',
      severity: 'breaking',
      summary:
        "Header content-type of response 200 was 'application/json' and is 'application/hal+json' (0/50 → 25/50).",
      baseline: "'application/json'",
      candidate: "'application/hal+json', 'application/json'",
    });
    const some =
      (count: number): Each =>
      (i) => ({ 'content-type': i < count ? 'application/hal+json' : 'application/json' });
    expect(told('response', type('application/json'), some(10))).toEqual([
      'warning header.content-type-changed ?',
    ]);
    expect(told('response', type('application/json'), some(5))).toEqual([
      'warning header.content-type-changed',
    ]);
    expect(told('response', type('application/json'), some(4))).toEqual([]);
  });
});

it.each([
  [
    true,
    [
      'date',
      'content-length',
      ':status',
      'x-forwarded-for',
      'x-b3-traceid',
      'traceparent',
      'x-cache-hits',
      'if-none-match',
      'sec-fetch-mode',
      'cf-ray',
    ],
  ],
  [
    false,
    [
      'etag',
      'cache-control',
      'authorization',
      'x-update',
      'dates',
      'location',
      'if-match',
      'mycf-ray',
    ],
  ],
])('passing: %s', (passing, names) => {
  for (const name of names) expect(isPassing(name), name).toBe(passing);
});
