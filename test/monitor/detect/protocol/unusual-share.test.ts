import { describe, expect, test } from 'vitest';
import { grpcMismatch } from '../../../../src/monitor/detect/protocol/grpc-mismatch.ts';
import { malformedHttp } from '../../../../src/monitor/detect/protocol/malformed-http.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

const grpc: Partial<Said> = {
  proto: 'http2',
  method: 'POST',
  path: '/shop.Stock/Reserve',
  to: 'stock',
  requestHeaders: { 'content-type': 'application/grpc' },
  responseHeaders: { 'content-type': 'application/grpc', 'grpc-status': '0' },
};
const calls = (start: number, count: number, said: Partial<Said>) =>
  times(start, count).map((ts) => callOf({ ts, ...said }));
const usual = (start: number) => [...calls(start, 8, grpc), ...calls(start, 8, {})];

function learned(also: (start: number) => ReturnType<typeof usual> = usual): Watch {
  const watch = new Watch([grpcMismatch, malformedHttp]);
  expect(watch.learnDay(also, 4).flat()).toEqual([]);
  return watch;
}

describe('protocol.grpc-mismatch', () => {
  test.each<[string, Partial<Said>, string]>([
    [
      'a page of a proxy',
      { responseHeaders: { 'content-type': 'text/html' }, status: 502 },
      'media type',
    ],
    [
      'a status of HTTP',
      { responseHeaders: { 'content-type': 'application/grpc' }, status: 503 },
      'HTTP status',
    ],
    ['no trailers', { responseHeaders: { 'content-type': 'application/grpc' } }, 'no grpc-status'],
  ])('%s', (_, said, detail) => {
    const [signal, ...others] = learned().slot((start) => calls(start, 6, { ...grpc, ...said }));
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'protocol.grpc-mismatch',
      subject: { workload: 'stock', detail: expect.stringContaining(detail) },
    });
  });

  test('silent about a failure that gRPC tells of, and where trailers are never captured', () => {
    const failed = {
      ...grpc,
      responseHeaders: { 'content-type': 'application/grpc', 'grpc-status': '14' },
    };
    expect(
      learned()
        .slots(3, (start) => calls(start, 8, failed))
        .flat(),
    ).toEqual([]);
    const bare = { ...grpc, responseHeaders: { 'content-type': 'application/grpc' } };
    const watch = learned((start) => calls(start, 8, bare));
    expect(watch.slots(3, (start) => calls(start, 8, bare)).flat()).toEqual([]);
  });
});

describe('protocol.malformed, of HTTP itself', () => {
  test.each<[string, Partial<Said>]>([
    ['a status of none', { status: 799 }],
    ['a method that is no token', { method: 'GE T"' }],
  ])('%s', (_, said) => {
    const signals = learned().slot((start) => calls(start, 6, said));
    expect(signals).toHaveLength(1);
    expect(signals[0]).toMatchObject({
      rule: 'protocol.malformed',
      subject: { workload: 'orders' },
    });
  });

  test('a body where there is none', () => {
    const [signal] = learned().slot((start) =>
      calls(start, 6, { status: 204, response: '{"a":1}' }),
    );
    expect(signal?.subject.detail).toBe('204 with a body');
  });

  test.each<[string, Partial<Said>]>([
    ['two lengths', { requestHeaders: { 'content-length': '6, 40' } }],
    [
      'a length beside chunks',
      { requestHeaders: { 'content-length': '6', 'transfer-encoding': 'chunked' } },
    ],
  ])('a request that ends in two places: %s', (_, said) => {
    const [signal] = learned().slot((start) => calls(start, 6, { method: 'POST', ...said }));
    expect(signal?.subject.detail).toBe('a request that ends in two places');
  });

  test('silent about a length that is said twice, and about chunks alone', () => {
    const said = (requestHeaders: Said['requestHeaders']) => (start: number) =>
      calls(start, 6, { method: 'POST', ...(requestHeaders && { requestHeaders }) });
    expect(learned().slot(said({ 'content-length': '6, 6' }))).toEqual([]);
    expect(learned().slot(said({ 'transfer-encoding': 'chunked' }))).toEqual([]);
  });

  test('silent about two, and after a day of it', () => {
    expect(learned().slot((start) => calls(start, 2, { status: 799 }))).toEqual([]);
    const watch = learned();
    const told = watch.slots(330, (start) => calls(start, 6, { status: 799 }));
    expect(told.slice(0, 280).every((signals) => signals.length === 1)).toBe(true);
    expect(told.slice(300).flat()).toEqual([]);
  });
});

test('kept and read again is the same', () => {
  const [whole, kept] = [learned(), learned()];
  for (let i = 0; i < 12; i++) {
    const some = calls(whole.at, 9, { status: i % 3 ? 799 : 200 });
    kept.restart();
    expect(kept.slot(() => some)).toEqual(whole.slot(() => some));
  }
  expect(kept.memory()).toBe(whole.memory());
});
