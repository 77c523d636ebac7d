import { expect, test } from 'vitest';
import { plaintextEgress } from '../../../../src/monitor/detect/security/plaintext-egress.ts';
import { callOf, type Said } from '../records.ts';
import { Watch } from '../watch.ts';

const usual = (start: number) => [callOf({ ts: start + 1_000 })];
const outside =
  (said: Partial<Said> = {}) =>
  (start: number) => [
    callOf({
      ts: start + 2_000,
      from: 'orders',
      to: null,
      toIp: '198.51.100.9',
      port: 80,
      host: 'collect.example.com',
      path: '/v1/batch',
      ...said,
    }),
  ];

function learned(settings = {}): Watch {
  const watch = new Watch([plaintextEgress], { settings });
  expect(watch.learnDay(usual).flat()).toEqual([]);
  return watch;
}

test('fires in the interval of the first call, with caller and host', () => {
  const [signal, ...others] = learned().slot(outside());
  expect(others).toEqual([]);
  expect(signal).toMatchObject({
    rule: 'security.plaintext-egress',
    subject: { workload: 'orders', detail: 'collect.example.com' },
    events: 1,
  });
  expect(signal?.severity).toBeUndefined();
  expect(signal?.kfl).toContain('dst.ip == "198.51.100.9"');
});

test('goes on for a day, then it is known', () => {
  const watch = learned();
  const told = watch.slots(320, outside()).map((signals) => signals.length);
  expect(told.slice(0, 280)).toEqual(Array(280).fill(1));
  expect(told.slice(290).every((count) => count === 0)).toBe(true);
});

test('is told once where it comes now and then', () => {
  const watch = learned();
  const told = watch.slots(288, (start, i) => (i % 24 === 0 ? outside()(start) : usual(start)));
  expect(told.flat()).toHaveLength(1);
});

test('is told once where it pauses and then goes on', () => {
  const watch = learned();
  const told = watch.slots(288, (start, i) => (i % 48 < 20 ? outside()(start) : usual(start)));
  expect(told.slice(0, 20).flat()).toHaveLength(20);
  expect(told.slice(20).flat()).toEqual([]);
});

test('what was there when the learning began is info, then known', () => {
  const watch = new Watch([plaintextEgress]);
  const told = watch.learnDay(outside());
  expect(told[0]?.[0]?.severity).toBe('info');
  expect(watch.slot(outside())).toEqual([]);
});

test.each([
  ['a port of TLS: Kubeshark decrypts in place', { port: 443 }],
  ['a scheme of TLS', { port: 8080, requestHeaders: { ':scheme': 'https' } }],
  ['a private address', { toIp: '10.4.0.1' }],
  [
    'an answer of a certificate authority',
    { requestHeaders: { 'content-type': 'application/ocsp-request' } },
  ],
  ['a name', { proto: 'dns', port: 53 }],
  ['a caller outside', { from: null }],
])('silent about %s', (_, said) => {
  expect(learned().slot(outside(said))).toEqual([]);
});

test('silent about trusted hosts', () => {
  expect(learned({ trustedHosts: ['*.example.com'] }).slot(outside())).toEqual([]);
});

test('only a warning where TLS may be inside of the protocol', () => {
  const [signal] = learned().slot(
    outside({ proto: 'redis', port: 6379, method: 'GET', path: 'a' }),
  );
  expect(signal?.severity).toBe('warning');
});
