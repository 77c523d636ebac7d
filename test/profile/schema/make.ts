import fc from 'fast-check';
import type { Call } from '../../../src/calls/call.ts';
import { type CallRef, callRef } from '../../../src/profile/schema/call-ref.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';

const workload = (name: string) => ({
  workload: { name, kind: 'service' as const },
  namespace: undefined,
  pod: undefined,
  ip: undefined,
  port: undefined,
  node: undefined,
});

/** A call of `api GET /things` with whatever the test cares about. */
export function call(id: string, over: Partial<Call> = {}): Call {
  return {
    id,
    ts: 0,
    latency: 1,
    src: workload('client'),
    dst: workload('api'),
    protocol: 'http',
    method: 'GET',
    path: '/things',
    status: '200',
    requestHeaders: new Map(),
    responseHeaders: new Map([['content-type', 'application/json']]),
    requestBody: { state: 'absent' },
    responseBody: { state: 'absent' },
    requestSize: undefined,
    responseSize: undefined,
    connection: undefined,
    flow: undefined,
    node: undefined,
    ...over,
  };
}

/** Observes values as the bodies of calls `prefix0`, `prefix1`, …, of which the `i`th asked for these ids. */
export function observed(
  values: Iterable<unknown>,
  prefix = 'c',
  asked: (i: number) => CallRef['asked'] = () => [],
): SchemaNode {
  const node = new SchemaNode();
  let i = 0;
  for (const value of values) {
    observeValue(node, value, { ...callRef(`${prefix}${i}`), asked: asked(i) });
    i++;
  }
  return node;
}

const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '/',
  '~',
  '*',
  '{any}',
  'type',
  'items',
  'length',
  '$ref',
  'x-wireproof',
  '0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11',
  '12345',
  '2024-05-01',
  'a@b.example',
);
const key = fc.oneof(hostileKey, fc.constantFrom('a', 'b', 'c', 'id', 'kind'), fc.string());
const word = fc.constantFrom('open', 'closed', 'paid', '', '[redacted]', 'x'.repeat(300));
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string(),
  word,
  fc.uuid(),
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((d) => d.toISOString()),
);

/** JSON values with unions, maps, nulls, tuples and hostile names, as `JSON.parse` would give them. */
export const json: fc.Arbitrary<unknown> = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 5 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map(toText),
      fc
        .record({ type: fc.constantFrom('card', 'bank'), amount: fc.integer(), iban: fc.string() })
        .map((r) => (r.type === 'card' ? { type: r.type, amount: r.amount } : r)),
    ),
  }))
  .value.map((value) => JSON.parse(JSON.stringify(value, revive)));

/** An object as entries, since a literal can't hold `__proto__`. */
class Entries {
  readonly entries: [string, unknown][];
  constructor(entries: [string, unknown][]) {
    this.entries = entries;
  }
}

function toText(entries: [string, unknown][]): Entries {
  return new Entries(entries);
}

function revive(_: string, value: unknown): unknown {
  if (!(value instanceof Entries)) return value;
  const object: { [name: string]: unknown } = Object.create(null);
  for (const [name, one] of value.entries) {
    Object.defineProperty(object, name, { value: one, enumerable: true, configurable: true });
  }
  return object;
}
