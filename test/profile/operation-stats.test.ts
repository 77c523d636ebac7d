import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { MessageProfile } from '../../src/profile/message.ts';
import { OperationStats } from '../../src/profile/operation-stats.ts';
import { call, endpoint, json } from '../support/calls.ts';

const observed = (...calls: readonly Call[]) => {
  const stats = new OperationStats();
  for (const one of calls) stats.observe(one, 0);
  return stats;
};
const bytes = (value: unknown) => JSON.stringify(value);

describe('an operation', () => {
  it('has its latencies by what its calls are about, whoever asks', () => {
    const lots = (given: (i: number) => Partial<Call>) => {
      const calls = Array.from({ length: 24 }, (_, i) => call({ ts: i, ...given(i) }));
      return observed(...calls)
        .latency.byLot()
        .filter(({ count }) => count > 0).length;
    };
    expect(lots(() => ({ path: '/orders/7' }))).toBe(1);
    expect(lots((i) => ({ path: '/orders/7', src: endpoint('a', i) }))).toBe(1);
    expect(lots((i) => ({ path: `/orders/${i}` }))).toBeGreaterThan(8);
  });

  it('adds up, each part of it', () => {
    const one = call({ id: 'a', from: 'web', status: '200', latency: 5, path: '/a?x=1' });
    const two = call({ id: 'b', from: 'app', status: '500', latency: undefined });
    const sum = observed(one);
    sum.merge(observed(two));
    expect(bytes(sum)).toBe(bytes(observed(one, two)));
    expect(sum.count).toBe(2);
    expect(sum.callers.entries()).toEqual([
      ['app', 1],
      ['web', 1],
    ]);
    expect(sum.latency.total().count).toBe(1);
    expect(sum.slowest.calls).toEqual([['a', 5]]);
    expect(sum.request.count).toBe(2);
    expect(
      sum.statuses.map(([status, { count, examples }]) => [status, count, examples.ids]),
    ).toEqual([
      ['200', 1, ['a']],
      ['500', 1, ['b']],
    ]);
  });

  it('that holds too many statuses stays so when it is read back', () => {
    const many = Array.from({ length: 65 }, (_, i) => call({ ts: i, status: `E${i}` }));
    const read = OperationStats.fromJSON(JSON.parse(bytes(observed(...many))));
    read.observe(call({ status: '200' }), 0);
    expect(read.statuses.map(([status, { count }]) => [status, count])).toEqual([['(other)', 66]]);
  });

  it('moves to a coarser grid with its latencies and statuses', () => {
    const stats = new OperationStats();
    stats.observe(call({}), 5);
    stats.coarsen(2);
    const [[, status] = []] = stats.statuses;
    expect([...(status?.slots.slots() ?? [])]).toEqual([1]);
    expect(stats.latency.toJSON()).toMatchObject({ slots: [[1, expect.anything()]] });
  });
});

describe('a message', () => {
  const message = (side: 'request' | 'response', ...calls: readonly Partial<Call>[]) => {
    const profile = new MessageProfile();
    for (const [i, given] of calls.entries())
      profile.observe(call({ id: `c${i}`, ...given }), side);
    return profile;
  };
  const both = {
    requestHeaders: new Map([['accept', '*/*']]),
    responseHeaders: new Map([['vary', '*']]),
    requestSize: 10,
    responseSize: 1000,
    requestBody: json({ asked: 1 }),
    responseBody: json({ told: 1 }),
    path: '/x?page=1',
  };

  it('is a request, or a response', () => {
    const told = (side: 'request' | 'response') => {
      const profile = message(side, both);
      return [
        profile.headers.entries().map(([name]) => name),
        profile.sizes.sum() > 500,
        [...(profile.schema('json')?.object?.properties.keys() ?? [])],
        profile.query && [...(profile.query.object?.properties.keys() ?? [])],
      ];
    };
    expect(told('request')).toEqual([['accept'], false, ['asked'], ['page']]);
    expect(told('response')).toEqual([['vary'], true, ['told'], undefined]);
  });

  it.each([
    ['http', true],
    ['http2', true],
    ['graphql', true],
    ['ws', true],
    ['redis', false],
    ['postgresql', false],
  ])('of %s has a query: %s', (protocol, has) => {
    expect(message('request', { ...both, protocol }).query !== undefined).toBe(has);
  });

  it('is counted by what its body is, with examples of those that have none or a wrong one', () => {
    const typed = new Map([['content-type', 'application/json']]);
    const profile = message(
      'response',
      { responseBody: { state: 'absent' } },
      { responseBody: { state: 'whole', text: '{' }, responseHeaders: typed },
      { responseBody: { state: 'unseen', text: '' } as never },
      { responseBody: { state: 'redacted', text: 'x' } as never },
      { responseBody: json(1), responseHeaders: typed },
    );
    expect(profile.bodies).toEqual({ absent: 1, unknown: 1, unseen: 1, invalid: 1, known: 1 });
    expect([profile.bodiless, profile.malformed]).toEqual([['c0'], ['c1']]);
    expect(profile.contentTypes.entries()).toEqual([
      ['', 1],
      ['application/json', 2],
    ]);
    expect(profile.kinds.map(([kind, { bodies, witness }]) => [kind, bodies, witness.ids])).toEqual(
      [['json', 1, ['c4']]],
    );
    expect([profile.schema('json')?.total, profile.schema('xml')]).toEqual([1, undefined]);
    const sum = message('response', {});
    sum.merge(profile);
    sum.merge(MessageProfile.fromJSON(JSON.parse(bytes(profile))));
    expect(sum.bodies).toEqual({ absent: 3, unknown: 2, unseen: 2, invalid: 2, known: 2 });
    expect(sum.count).toBe(11);
    expect([sum.bodiless.toSorted(), sum.malformed]).toEqual([['c0'], ['c1']]);
    expect(sum.kinds.map(([, { bodies }]) => bodies)).toEqual([2]);
  });

  it('of gRPC is protobuf in frames where no type is named', () => {
    const body = { state: 'binary', bytes: Uint8Array.from([0, 0, 0, 0, 2, 8, 1]) } as const;
    const kinds = (protocol: string) =>
      message('response', { responseBody: body, protocol }).kinds.map(([kind]) => kind);
    expect([kinds('grpc'), kinds('http')]).toEqual([['grpc'], ['binary']]);
  });

  it('has the same query whichever was merged into the other, also of none', () => {
    const [with_, without] = [
      () => message('request', both),
      () => message('request', { protocol: 'redis' }),
    ];
    for (const [a, b] of [
      [with_(), without()],
      [without(), with_()],
    ] as const) {
      a.merge(b);
      expect(a.query?.object?.properties.get('page')?.node.total).toBe(1);
    }
  });

  it('tells the media types of up to sixteen, and headers by name and form', () => {
    const typed = (i: number) => ({
      responseBody: json(1),
      responseHeaders: new Map([['content-type', `application/x${i}+json`]]),
    });
    const of = (count: number) =>
      message('response', ...Array.from({ length: count }, (_, i) => typed(i)));
    expect(of(16).contentTypes.capped).toBe(false);
    expect(of(17).contentTypes.capped).toBe(true);
    const forms = (count: number) =>
      message(
        'response',
        ...Array.from({ length: count }, (_, i) => ({
          responseHeaders: new Map([['vary', `h${String.fromCharCode(97 + i)}`]]),
        })),
      ).headers.get('vary');
    expect([forms(12)?.count, forms(12)?.forms.capped, forms(13)?.forms.capped]).toEqual([
      12,
      false,
      true,
    ]);
  });

  it('has headers whose names hold a secret together', () => {
    const secret = (i: number) => ({
      requestHeaders: new Map([[`x-ghp_0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP${i}lO`, '1']]),
    });
    const { headers } = message('request', secret(1), secret(2), secret(1));
    expect(headers.entries().map(([name, { count }]) => [name.includes('ghp'), count])).toEqual([
      [false, 3],
    ]);
  });
});
