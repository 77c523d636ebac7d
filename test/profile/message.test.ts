import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Body, Call } from '../../src/calls/call.ts';
import { MessageProfile } from '../../src/profile/message.ts';
import { call, json } from './schema/make.ts';

const body: fc.Arbitrary<Body> = fc.oneof(
  {
    weight: 6,
    arbitrary: json.map((value): Body => ({ state: 'whole', text: JSON.stringify(value) })),
  },
  { weight: 1, arbitrary: fc.constant<Body>({ state: 'absent' }) },
  { weight: 1, arbitrary: fc.constant<Body>({ state: 'cut', text: '{"a":' }) },
  { weight: 1, arbitrary: fc.constant<Body>({ state: 'whole', text: 'plain' }) },
  { weight: 1, arbitrary: fc.uint8Array().map((bytes): Body => ({ state: 'binary', bytes })) },
);
const headers = fc
  .array(
    fc.tuple(
      fc.constantFrom('content-type', 'authorization', 'cache-control', 'x-a', '__proto__', 'etag'),
      fc.constantFrom(
        'application/json',
        'text/plain',
        'Bearer abc',
        'max-age=60, public',
        'W/"1"',
      ),
    ),
  )
  .map((entries) => new Map(entries));
const calls: fc.Arbitrary<Call[]> = fc
  .array(
    fc.record({
      requestBody: body,
      requestHeaders: headers,
      requestSize: fc.option(fc.nat(), { nil: undefined }),
      path: fc.constantFrom('/a', '/a?x=1', '/a?x=1&x=2&y=z', '/a?__proto__=1'),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map((over, i) => call(`c${i}`, over)));

const observe = (list: readonly Call[]) => {
  const profile = new MessageProfile();
  for (const one of list) profile.observe(one, 'request');
  return profile;
};
const bytes = (profile: MessageProfile) => JSON.stringify(profile.toJSON());

describe('MessageProfile', () => {
  it('merges any split in any order to the bytes of the whole', () => {
    fc.assert(
      fc.property(calls, fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }), (list, cuts) => {
        const shards = [0, 1, 2, 3].map((n) => observe(list.filter((_, i) => cuts[i] === n)));
        const merged = new MessageProfile();
        for (const shard of shards.reverse()) {
          merged.merge(MessageProfile.fromJSON(JSON.parse(bytes(shard))));
        }
        expect(bytes(merged)).toBe(bytes(observe(list)));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps no value of a header but its normalised form', () => {
    const profile = observe([
      call('a', {
        requestHeaders: new Map([
          ['authorization', 'Bearer s3cr3t'],
          ['cookie', 'session=s3cr3t'],
          ['x-api-key', 's3cr3t'],
          ['cache-control', 'max-age=60, private'],
          ['x-request-id', '0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11'],
        ]),
        path: '/a?token=s3cr3t',
      }),
    ]);
    expect(bytes(profile)).not.toContain('s3cr3t');
    const form = (name: string) => profile.headers.get(name)?.forms.entries();
    expect(form('authorization')).toEqual([['bearer', 1]]);
    const bare = observe([
      call('a', {
        requestHeaders: new Map([
          ['authorization', 's3cr3t'],
          ['proxy-authorization', 's3cr3t of mine'],
          ['cache-control', 's3cr3t4you, no-store'],
        ]),
      }),
    ]);
    expect(bytes(bare)).not.toContain('s3cr3t');
    expect(bare.headers.get('authorization')?.forms.entries()).toEqual([['(other)', 1]]);
    expect(bare.headers.get('cache-control')?.forms.entries()).toEqual([['no-store', 1]]);
    expect(form('cache-control')).toEqual([['max-age, private', 1]]);
    expect(form('x-request-id')).toEqual([['uuid', 1]]);
    expect(form('x-api-key')).toEqual([]);
  });

  it('counts bodies by what could be made of them', () => {
    const profile = observe([
      call('a', { requestBody: { state: 'whole', text: '{}' } }),
      call('b', { requestBody: { state: 'cut', text: '{' } }),
      call('c', {
        requestBody: { state: 'whole', text: '{' },
        requestHeaders: new Map([['content-type', 'application/json; charset=utf-8']]),
      }),
      call('d'),
    ]);
    expect(profile.bodies).toEqual({ absent: 1, unknown: 1, unseen: 0, invalid: 1, known: 1 });
    expect(profile.malformed).toEqual(['c']);
    expect(profile.bodiless).toEqual(['d']);
    expect(profile.contentTypes.entries()).toEqual([
      ['', 2],
      ['application/json', 1],
    ]);
  });

  it('gives up on headers when there are too many names', () => {
    const profile = observe([
      call('a', {
        requestHeaders: new Map(Array.from({ length: 500 }, (_, i) => [`x-${i}`, 'v'] as const)),
      }),
    ]);
    expect(profile.headers.capped).toBe(true);
    expect(profile.headers.entries()).toEqual([]);
  });

  it.each([null, {}, { count: -1 }, { count: 1, bodies: {} }])('refuses %j', (raw) => {
    expect(() => MessageProfile.fromJSON(raw)).toThrow(RangeError);
  });
});
