import { describe, expect, it } from 'vitest';
import { isPassing } from '../../src/compare/headers.ts';
import { compared, messages } from './schema/make.ts';

type Headers = Readonly<Record<string, string>>;
type Each = (i: number) => Headers;

const json = { 'content-type': 'application/json' };

function findings(side: 'request' | 'response', before: Each, after: Each, counts = [50, 50]) {
  const field = side === 'request' ? 'requestHeaders' : 'responseHeaders';
  const made = (count: number, headers: Each, prefix: string) =>
    messages(
      side,
      count,
      () => ({ id: 1 }),
      (i) => ({ [field]: new Map(Object.entries({ ...json, ...headers(i) })) }),
      prefix,
    );
  const [base, cand] = [made(counts[0] ?? 0, before, 'b'), made(counts[1] ?? 0, after, 'c')];
  return compared(side, base, cand).findings;
}
const told = (...given: Parameters<typeof findings>) =>
  findings(...given).map(
    ({ severity, rule, undecided }) => `${severity} ${rule}${undecided ? ' ?' : ''}`,
  );
/** In the first `some` messages. */
const first =
  (some: number, given: Headers): Each =>
  (i) =>
    i < some ? given : {};
const [etag, total] = [{ etag: '"1"' }, { 'x-total': '5' }];
const [token, tenant] = [{ authorization: 'Bearer a' }, { 'x-tenant': 'a' }];

describe('a header', () => {
  it('that goes is told with its shares and calls of both sides', () => {
    const [found] = findings('response', first(50, etag), first(0, etag));
    expect(found).toMatchObject({
      rule: 'header.removed',
      category: 'schema-change',
      severity: 'breaking',
      operation: 'api GET /things',
      path: 'response 200 header etag',
      summary: 'Header etag of response 200 is not there any more (50/50 → 0/50).',
      baseline: '50/50',
      candidate: '0/50',
      effect: -1,
      interval: { low: expect.closeTo(-1), level: 0.95 },
      samples: { baseline: 50, candidate: 50 },
    });
    expect(found?.interval?.high).toBeCloseTo(-0.9, 1);
    const notes = found?.evidence.map(({ callId, side, note }) => [callId[0], side, note]) ?? [];
    expect(notes[0]).toEqual(['c', 'candidate', 'etag']);
    expect(notes.at(-1)).toEqual(['b', 'baseline', 'etag']);
  });

  it.each<[string, 'request' | 'response', Each, Each, string]>([
    ['goes', 'response', first(50, total), first(0, total), 'breaking header.removed'],
    [
      'was there at times and goes',
      'response',
      first(30, total),
      first(0, total),
      'info header.removed',
    ],
    [
      'goes from requests',
      'request',
      first(50, tenant),
      first(0, tenant),
      'warning header.removed',
    ],
    [
      'is a credential and goes',
      'request',
      first(50, token),
      first(0, token),
      'breaking header.removed',
    ],
    ['comes', 'response', first(0, total), first(50, total), 'info header.added'],
    [
      'comes to all requests',
      'request',
      first(0, tenant),
      first(50, tenant),
      'warning header.added',
    ],
    ['comes to some requests', 'request', first(0, tenant), first(30, tenant), 'info header.added'],
    [
      'is left out at times',
      'response',
      first(50, total),
      first(30, total),
      'warning header.became-optional',
    ],
    [
      'is left out of requests at times',
      'request',
      first(50, tenant),
      first(30, tenant),
      'info header.became-optional',
    ],
    [
      'is a credential left out at times',
      'request',
      first(50, token),
      first(30, token),
      'warning header.became-optional',
    ],
    [
      'is always there now',
      'request',
      first(30, tenant),
      first(50, tenant),
      'info header.became-required',
    ],
  ])('that %s', (_, side, before, after, line) => {
    expect(told(side, before, after)).toEqual([line]);
  });

  it('that goes by chance is no break', () => {
    expect(told('response', first(50, etag), first(46, etag))).toEqual([]);
    expect(told('response', first(50, etag), first(45, etag))).toHaveLength(1);
    expect(told('response', first(20, etag), first(0, etag), [20, 20])).toEqual([
      'breaking header.removed',
    ]);
  });

  it.each([
    'header.removed',
    'header.added',
    'header.became-optional',
    'header.became-required',
  ] as const)('of %s is told in words', (rule) => {
    const [all, some, no] = [first(50, etag), first(30, etag), first(0, etag)];
    const [before, after, words] = (
      {
        'header.removed': [all, no, 'is not there any more (50/50 → 0/50)'],
        'header.added': [no, all, 'is new (0/50 → 50/50)'],
        'header.became-optional': [all, some, 'is missing at times (50/50 → 30/50)'],
        'header.became-required': [some, all, 'is always there now (30/50 → 50/50)'],
      } as const
    )[rule];
    expect(findings('response', before, after)[0]?.summary).toBe(
      `Header etag of response 200 ${words}.`,
    );
  });
});

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
