import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { linkBlock } from '../../src/graph/link.ts';
import { traceOf } from '../../src/graph/trace-headers.ts';
import { simulate } from './traffic.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('headers of traces', () => {
  it.each([
    ['traceparent', `00-${TRACE}-${SPAN}-01`, `w3c ${TRACE}`],
    ['b3', `${TRACE}-${SPAN}-1-05e3ac9a4f6e3b90`, `x-b3-traceid ${TRACE}`],
    ['x-b3-traceid', TRACE, `x-b3-traceid ${TRACE}`],
    ['uber-trace-id', `${TRACE}:${SPAN}:0:1`, `jaeger ${TRACE}`],
    [
      'x-amzn-trace-id',
      `Root=1-67891233-abcdef012345678912345678;Sampled=1`,
      'amazon 1-67891233-abcdef012345678912345678',
    ],
    ['x-cloud-trace-context', `${TRACE}/123;o=1`, `google ${TRACE}`],
    ['sentry-trace', `${TRACE}-${SPAN}-1`, `sentry ${TRACE}`],
    ['x-request-id', 'abc-1', 'x-request-id abc-1'],
  ])('%s names the trace', (name, value, id) => {
    expect(traceOf(new Map([[name, value]])).ids).toEqual([id]);
  });

  it('tells the span that caused a call', () => {
    expect(traceOf(new Map([['b3', `${TRACE}-${SPAN}-1-05e3ac9a4f6e3b90`]]))).toMatchObject({
      span: SPAN,
      cause: '05e3ac9a4f6e3b90',
    });
    expect(traceOf(new Map([['uber-trace-id', `${TRACE}:2:1:1`]])).cause).toBe('1');
    expect(traceOf(new Map([['uber-trace-id', `${TRACE}:2:0:1`]])).cause).toBeUndefined();
  });

  it('takes nothing from what is malformed, empty or very long', () => {
    const headers = new Map([
      ['traceparent', 'nonsense'],
      ['b3', '0'],
      ['uber-trace-id', 'a:b'],
      ['x-request-id', 'x'.repeat(10_000)],
      ['x-b3-traceid', ''],
    ]);
    expect(traceOf(headers).ids).toEqual([]);
  });
});

describe('links by headers', () => {
  const plan = {
    'a GET /x': { work: 40, steps: [{ to: 'b GET /y', after: 20 }] },
  };
  const { calls, truth } = simulate({ plan, entries: ['a GET /x'], requests: 300, every: 2 });
  const rootOf = (call: Call) => truth.get(call.id) ?? call.id;
  const withHeader = (name: string, value: (call: Call) => string | undefined) =>
    calls.map((call): Call => {
      const text = value(call);
      return text === undefined ? call : { ...call, requestHeaders: new Map([[name, text]]) };
    });
  const right = (some: readonly Call[]) =>
    linkBlock(some, 0, Number.POSITIVE_INFINITY).filter(({ child, parent }) => {
      const call = some[child] as Call;
      return truth.get(call.id) === (parent === null ? undefined : some[parent]?.id);
    }).length / some.length;

  it('are exact however much overlaps', () => {
    expect(right(calls)).toBeLessThan(0.9);
    const traced = withHeader('x-request-id', rootOf);
    expect(right(traced)).toBe(1);
    for (const { confidence } of linkBlock(traced, 0, Number.POSITIVE_INFINITY)) {
      expect(confidence).toBeGreaterThan(0.99);
    }
  });

  it('hold where only some calls carry them', () => {
    const some = withHeader('x-request-id', (call) =>
      Number(call.id.slice(1)) % 4 < 2 ? rootOf(call) : undefined,
    );
    expect(right(some)).toBeGreaterThan(right(calls));
  });

  it('are not misled where every call has an id of its own', () => {
    const own = withHeader('x-request-id', (call) => call.id);
    expect(right(own)).toBeCloseTo(right(calls), 1);
  });
});
