import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Body } from '../../src/calls/call.ts';
import { plainText } from '../../src/calls/plain-text.ts';
import { ForLinking } from '../../src/graph/for-linking.ts';
import { traceOf } from '../../src/graph/trace-headers.ts';
import { valueTokens } from '../../src/graph/value-tokens.ts';
import { call } from '../support/calls.ts';

/** Every header that linking or fan-outs read, one of each shape that values are taken from, and others. */
const NAMES = [
  ...['traceparent', 'b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid', 'uber-trace-id'],
  ...['x-amzn-trace-id', 'x-cloud-trace-context', 'sentry-trace', 'x-datadog-trace-id'],
  ...['x-ot-span-context', 'x-request-id', 'x-correlation-id', 'x-client-trace-id', 'request-id'],
  ...['authorization', 'cookie', 'x-api-key', 'x-auth-token', 'x-session', 'x-user'],
  ...['accept', 'content-type', 'user-agent', 'x-forwarded-for', '__proto__'],
];
const CREDENTIALS = ['authorization', 'x-api-key', 'x-auth-token', 'cookie'];

const id = fc.integer({ min: 0, max: 2 ** 31 - 1 }).map((n) => n.toString(16).padStart(16, '0'));
const value = fc.oneof(
  fc.tuple(id, id, id).map(([a, b, c]) => `00-${a}${b}-${c}-01`),
  fc.tuple(id, id, id).map(([a, b, c]) => `${a}-${b}-1-${c}`),
  fc.tuple(id, id, id).map(([a, b, c]) => `${a}:${b}:${c}:1`),
  id.map((one) => `Root=${one}`),
  fc.string({ maxLength: 20 }),
);
const headers = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 })
  .map((entries) => new Map(entries));
/** Short or longer than what is looked at, with ids on either side of the end. */
const text = fc
  .tuple(fc.array(id, { maxLength: 4 }), fc.integer({ min: 4_060, max: 4_110 }), fc.array(id))
  .map(([before, to, after]) => [before.join('/').padEnd(to, ' '), ...after].join('/'));
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.constant<Body>({ state: 'absent' }),
  fc.constant<Body>({ state: 'binary', bytes: Buffer.from('one1 two2') }),
  text.map((t): Body => ({ state: 'whole', text: t })),
  id.map((t): Body => ({ state: 'redacted', text: t })),
);

it('leaves linking what it looks at', () => {
  const forLinking = new ForLinking();
  fc.assert(
    fc.property(headers, text, body, (requestHeaders, path, requestBody) => {
      const seen = call({ path, requestHeaders, requestBody });
      const held = forLinking.of(seen);
      expect(valueTokens(held)).toEqual(valueTokens(seen));
      expect(traceOf(held.requestHeaders)).toEqual(traceOf(requestHeaders));
      expect(held.requestHeaders.size > 0).toBe(requestHeaders.size > 0);
      const credentials = (of: ReadonlyMap<string, string>) =>
        CREDENTIALS.filter((name) => of.has(name));
      expect(credentials(held.requestHeaders)).toEqual(credentials(requestHeaders));
    }),
  );
});

it.each([
  ['https', 80],
  ['http', 443],
  [undefined, 80],
  [undefined, 443],
])('leaves what tells whether a call to a host (%s, %d) went in plain text', (scheme, port) => {
  const dst = {
    ...call({ port }).dst,
    port,
    workload: { name: 'a.example', kind: 'host' },
  } as const;
  const requestHeaders = new Map(scheme === undefined ? [] : [[':scheme', scheme]]);
  const seen = call({ dst, requestHeaders });
  expect(plainText(new ForLinking().of(seen))).toBe(plainText(seen));
});

const name = fc.constantFrom('a', 'b', 'a b');
const maybe = fc.option(name, { nil: undefined });
const side = fc.record({
  workload: fc.record({ name, kind: fc.constantFrom('service' as const, 'outside' as const) }),
  namespace: maybe,
  pod: maybe,
  ip: maybe,
  port: fc.option(fc.nat(3), { nil: undefined }),
  node: maybe,
});

it('keeps equal ends of calls once, and different ones apart', () => {
  const forLinking = new ForLinking();
  fc.assert(
    fc.property(side, side, (src, dst) => {
      const held = forLinking.of(call({ src, dst }));
      expect(held.src).toEqual({ ...src, port: undefined });
      const isWorkload = dst.workload.kind === 'service';
      expect(held.dst).toEqual({ ...dst, port: isWorkload ? undefined : dst.port });
    }),
  );
  const src = { workload: { name: 'a', kind: 'service' as const }, namespace: 'n', pod: 'a-1' };
  const ends = [40_000, 40_001].map((port) => {
    const end = { ...src, ip: '10.0.0.1', node: 'one', port };
    return forLinking.of(call({ src: end, dst: end }));
  });
  expect(ends[1]?.src).toBe(ends[0]?.src);
  expect(ends[1]?.dst).toBe(ends[0]?.src);
});
