// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what is sent
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { PROTOCOL_DETECTORS } from '../../../src/monitor/detect/protocol/index.ts';
import { SECURITY_DETECTORS } from '../../../src/monitor/detect/security/index.ts';
import { callOf } from './records.ts';
import { times, Watch } from './watch.ts';

const KINDS = [...PROTOCOL_DETECTORS, ...SECURITY_DETECTORS];
const usual = (start: number) =>
  times(start, 8).map((ts) => callOf({ ts, response: '{"id":7,"state":"open"}' }));

function learned(): Watch {
  const watch = new Watch(KINDS);
  watch.learnDay(usual, 12);
  return watch;
}

const odd = fc.constantFrom(
  '__proto__',
  '\u0000',
  '\u202e',
  '<!--',
  '${jndi:ldap://x/a}',
  "' or '1'='1",
  '../../../etc/passwd',
  '/.env',
  '4242424242424242',
  '?access_token=CANARYtoken1',
  '?password=CANARYpassword',
  '[['.repeat(3_000),
  '{"a":'.repeat(3_000),
  '"'.repeat(10_000),
  '%'.repeat(10_000),
  '&='.repeat(5_000),
  '\ud800',
);
const text = fc.oneof(odd, fc.string({ maxLength: 40 }));
const said = fc.record({
  from: fc.constantFrom('web', 'orders', '__proto__', null),
  to: fc.constantFrom('orders', 'stock', 'constructor', null),
  toIp: fc.constantFrom('10.0.0.1', '198.51.100.9', '169.254.169.254', 'fd00::1', 'x'),
  port: fc.constantFrom(80, 443, 6379, 0),
  proto: fc.constantFrom('http', 'grpc', 'dns', 'redis', 'postgresql', 'x'),
  method: fc.constantFrom('GET', 'POST', 'TXT', 'GE T', '\u0000', 'constructor'),
  path: fc.oneof(
    text.map((part) => `/${part}`),
    text,
  ),
  status: fc.constantFrom(200, 404, 204, 799, 'x y', '\u0000', 'constructor'),
  host: fc.constantFrom('a.example', '__proto__', '<!--', '\u202e', '%'.repeat(5_000)),
  request: text,
  response: fc.oneof(text, fc.json({ maxDepth: 3 })),
  requestHeaders: fc.dictionary(
    fc.constantFrom('authorization', 'cookie', 'user-agent', 'content-type', '__proto__'),
    text.map((value) => `Bearer CANARYheader ${value}`),
  ),
});

describe('whatever comes', () => {
  const slots = fc.array(fc.array(said, { maxLength: 25 }), { minLength: 1, maxLength: 5 });

  test('no detector throws, none tells or keeps a secret, and kept memory goes on alike', () => {
    const first = learned();
    const second = first.twin();
    fc.assert(
      fc.property(slots, (all) => {
        for (const calls of all) {
          const made: Call[] = calls.map((each, i) => callOf({ ts: first.at + i * 900, ...each }));
          const signals = first.slot(() => made);
          expect(second.slot(() => made)).toEqual(signals);
          expect(JSON.stringify(signals)).not.toMatch(/CANARY|42424242/);
          second.restart();
        }
        expect(second.memory()).toBe(first.memory());
        const at = first.memory().search(/CANARYtoken|CANARYpassword|CANARYheader/);
        expect(at < 0 ? '' : first.memory().slice(Math.max(0, at - 700), at + 60)).toBe('');
      }),
      { numRuns: 15 },
    );
  });
});

test('memory is bounded, whatever is called and by whom', () => {
  const watch = learned();
  for (let i = 0; i < 3; i++) {
    watch.slot((start) =>
      Array.from({ length: 1_500 }, (_, j) =>
        callOf({
          ts: start + j,
          from: `w${i}-${j}`,
          to: j % 2 ? null : `s${i}-${j % 700}`,
          toIp: '198.51.100.9',
          port: 80,
          host: `h${i}-${j}.example`,
          path: `/admin/x${j}?password=CANARY${j}`,
          status: j % 3 ? 200 : 404,
          response: '{"a":1}',
        }),
      ),
    );
  }
  expect(watch.memory().length).toBeLessThan(20_000_000);
  watch.restart();
  expect(watch.slot(usual).map(({ rule }) => rule)).toEqual([]);
});

test.each(KINDS.map((kind) => [kind.name, kind] as const))(
  '%s takes what it can’t read for nothing',
  (_, { create }) => {
    const nothing = JSON.stringify(create(undefined).remembers());
    for (const kept of [
      null,
      1,
      'x',
      true,
      {},
      { told: 1 },
      [[1]],
      [['a', -1, 2]],
      [['a', 'b', 'c']],
    ]) {
      expect(JSON.stringify(create(kept).remembers())).toBe(nothing);
    }
  },
);

test('each rule is declared by one detector, and is whole', () => {
  const rules = KINDS.flatMap(({ rules }) => rules);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.id.startsWith(`${rule.category}.`)).toBe(true);
    for (const words of [rule.meaning, rule.method, rule.within, rule.remedy]) {
      expect(words.endsWith('.')).toBe(true);
    }
  }
});
