import { expect, test } from 'vitest';
import { missingAuthorization } from '../../../../src/monitor/detect/security/missing-authorization.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

const TOKEN = { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln' };
const calls = (start: number, count: number, said: Partial<Said>) =>
  times(start, count).map((ts) => callOf({ ts, ...said }));
const usual = (start: number) => [
  ...calls(start, 6, { requestHeaders: TOKEN }),
  ...calls(start, 2, { from: 'admin', requestHeaders: { cookie: 'session=CANARY' } }),
  ...calls(start, 2, { path: '/healthz', from: 'kubelet' }),
  ...calls(start, 2, { path: '/public' }),
];

function learned(also: (start: number) => ReturnType<typeof usual> = () => []): Watch {
  const watch = new Watch([missingAuthorization]);
  const told = watch.learnDay((start) => [...usual(start), ...also(start)], 3);
  expect(told.flat()).toEqual([]);
  return watch;
}

test('fires on the third call of a caller that goes without, with caller and operation', () => {
  const watch = learned();
  const [signal, ...others] = watch.slot((start) => [
    ...usual(start),
    ...calls(start, 3, { from: 'reports' }),
  ]);
  expect(others).toEqual([]);
  expect(signal).toMatchObject({
    rule: 'security.missing-authorization',
    subject: { workload: 'orders', operation: 'orders GET /orders/{id}', caller: 'reports' },
    events: 3,
  });
  expect(JSON.stringify(signal) + watch.memory()).not.toMatch(/CANARY|eyJ/);
});

test('fires where a caller no longer sends them', () => {
  const [signal] = learned().slot((start) => calls(start, 6, {}));
  expect(signal?.subject.caller).toBe('web');
});

test('goes on for a day, and is told again after it was mended', () => {
  const watch = learned();
  const bad = (start: number) => [...usual(start), ...calls(start, 5, { from: 'reports' })];
  expect(watch.slots(100, bad).every((signals) => signals.length === 1)).toBe(true);
  expect(watch.slots(400, usual).flat()).toEqual([]);
  const again = watch.slots(330, bad).map((signals) => signals.length);
  expect(again.slice(0, 280).every((count) => count === 1)).toBe(true);
  expect(again.slice(300).every((count) => count === 0)).toBe(true);
});

test.each<[string, Partial<Said>]>([
  ['calls that are refused', { status: 401 }],
  ['health checks', { path: '/healthz' }],
  ['an operation that is open', { path: '/public' }],
  ['an operation that was never seen', { path: '/new' }],
  ['a preflight', { method: 'OPTIONS' }],
])('silent about %s', (_, said) => {
  const watch = learned();
  const seen = watch.slots(3, (start) => calls(start, 9, { from: 'reports', ...said }));
  expect(seen.flat()).toEqual([]);
});

test('silent about two calls, and about a caller that always went without', () => {
  expect(learned().slot((start) => calls(start, 2, { from: 'reports' }))).toEqual([]);
  const cron = (start: number) =>
    start % 7_200_000 === 0 ? calls(start, 1, { from: 'cron' }) : [];
  const watch = learned(cron);
  expect(watch.slots(100, (start) => [...usual(start), ...cron(start)]).flat()).toEqual([]);
});

test('kept and read again is the same', () => {
  const watch = learned();
  const before = watch.memory();
  watch.restart();
  expect(watch.memory()).toBe(before);
  expect(watch.slot((start) => calls(start, 3, { from: 'reports' }))).toHaveLength(1);
});
