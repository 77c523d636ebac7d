import { describe, expect, it } from 'vitest';
import { HEADER_RULES } from '../../../src/compare/headers/rules.ts';
import { compared, messages } from './make.ts';

type Headers = Readonly<Record<string, string>>;

function compareHeaders(
  side: 'request' | 'response',
  base: (i: number) => Headers,
  cand: (i: number) => Headers,
) {
  const field = side === 'request' ? 'requestHeaders' : 'responseHeaders';
  const made = (headers: (i: number) => Headers, prefix: string) =>
    messages(
      side,
      50,
      () => ({ id: 1 }),
      (i) => ({ [field]: new Map(Object.entries(headers(i))) }),
      prefix,
    );
  return compared(side, made(base, 'b'), made(cand, 'c'));
}

const json = { 'content-type': 'application/json' };

describe('header rules', () => {
  it.each([
    [
      'breaking header.removed @ response 200 header cache-control',
      'response',
      { 'cache-control': 'no-store' },
      {},
    ],
    ['breaking header.removed @ response 200 header x-total', 'response', { 'x-total': '5' }, {}],
    ['info header.added @ response 200 header x-total', 'response', {}, { 'x-total': '5' }],
    [
      'breaking header.removed @ request header authorization',
      'request',
      { authorization: 'Bearer a' },
      {},
    ],
    ['warning header.added @ request header x-tenant', 'request', {}, { 'x-tenant': 'a' }],
    [
      'warning header.changed @ request header authorization',
      'request',
      { authorization: 'Bearer a' },
      { authorization: 'Basic b' },
    ],
    [
      'warning header.changed @ response 200 header cache-control',
      'response',
      { 'cache-control': 'max-age=60' },
      { 'cache-control': 'no-store' },
    ],
    [
      'breaking header.content-type-changed @ response 200 header content-type',
      'response',
      {},
      { 'content-type': 'application/hal+json' },
    ],
  ] as const)('%s', (told, side, base, cand) => {
    const before: Headers = { ...json, ...base };
    const after: Headers = { ...json, ...cand };
    const result = compareHeaders(
      side,
      () => before,
      () => after,
    );
    expect(result.told).toEqual([told]);
    expect(result.findings[0]?.evidence.length).toBeGreaterThan(0);
    expect(JSON.stringify(result.findings)).not.toMatch(/Bearer a|Basic b/);
    expect(
      compareHeaders(
        side,
        () => after,
        () => after,
      ).told,
    ).toEqual([]);
  });

  it('moves between always and sometimes', () => {
    const sometimes = (i: number): Headers => (i % 2 ? { ...json, etag: 'W/"1"' } : json);
    const always = (): Headers => ({ ...json, etag: 'W/"1"' });
    expect(compareHeaders('response', always, sometimes).told).toEqual([
      'warning header.became-optional @ response 200 header etag',
    ]);
    expect(compareHeaders('response', sometimes, always).told).toEqual([
      'info header.became-required @ response 200 header etag',
    ]);
  });

  it('says nothing of hops, clocks, traces and values', () => {
    const noisy =
      (n: number) =>
      (i: number): Headers => ({
        ...json,
        date: `Wed, 0${n} May 2024 10:00:00 GMT`,
        'x-request-id': `0b9e3c1e-7d3b-4b0e-9d53-${100000000000 + i * n}`,
        etag: `"${i * n}"`,
        'cache-control': `max-age=${i * n}`,
        ...(n === 1
          ? { 'x-envoy-upstream-service-time': '3', via: '1.1 a' }
          : { 'x-forwarded-for': 'x' }),
      });
    expect(compareHeaders('response', noisy(1), noisy(2)).told).toEqual([]);
  });

  it('are all told of', () => {
    for (const rule of Object.values(HEADER_RULES)) expect(rule.why).not.toBe('');
    expect(Object.keys(HEADER_RULES)).toHaveLength(6);
  });
});
