import { describe, expect, it } from 'vitest';
import { type Each, findings, first, told } from './findings.ts';

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
      'breaking header.removed',
    ],
    [
      'was seldom missing and mostly is',
      'response',
      first(48, total),
      first(20, total),
      'warning header.became-optional',
    ],
    [
      'was seldom missing and nearly always is',
      'response',
      first(48, total),
      first(5, total),
      'breaking header.became-optional',
    ],
    [
      'was seldom missing in requests and mostly is',
      'request',
      first(48, tenant),
      first(5, tenant),
      'info header.became-optional',
    ],
    [
      'was there for some requests and goes',
      'response',
      first(30, { 'set-cookie': 'a=b' }),
      first(0, {}),
      'info header.removed',
    ],
    [
      'was there in few cases and goes',
      'response',
      first(14, total),
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
