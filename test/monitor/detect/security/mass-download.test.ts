import { expect, test } from 'vitest';
import { massDownload } from '../../../../src/monitor/detect/security/mass-download.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

const asks =
  (count: number, client: (i: number) => string, said: Partial<Said> = {}) =>
  (start: number) =>
    times(start, count).map((ts, i) =>
      callOf({
        ...{ ts, from: null, fromIp: '10.9.0.1', path: `/customers?page=${i}` },
        ...{ requestHeaders: { 'x-forwarded-for': client(i) }, ...said },
      }),
    );
const usual = asks(20, (i) => `203.0.${i % 200}.7`, { size: 40_000 });
const thief = (size: number, said: Partial<Said> = {}) =>
  asks(30, () => '198.51.100.9', { size, ...said });

function learned(also = usual): Watch {
  const watch = new Watch([massDownload]);
  expect(watch.learnDay(also, 6).flat()).toEqual([]);
  return watch;
}

test('answers to one client are a hundred times as large: told, of that client', () => {
  const [signal, ...others] = learned().slot((start) => [...usual(start), ...thief(4e6)(start)]);
  expect(others).toEqual([]);
  expect(signal).toMatchObject({
    rule: 'security.mass-download',
    subject: { workload: 'orders', caller: 'inside', detail: '198.51.100.9' },
    summary: expect.stringContaining('198.51.100.9 (behind a proxy) takes 120 MB of orders GET'),
  });
});

test.each<[string, ReturnType<typeof asks>]>([
  ['many clients who take as much together', asks(100, (i) => `203.0.${i}.7`, { size: 4e6 })],
  ['a busy client', thief(400_000)],
  ['films', thief(4e6, { responseHeaders: { 'content-type': 'video/mp4' } })],
  ['what failed', thief(4e6, { status: 500 })],
  ['a workload of the cluster', thief(4e6, { from: 'report' })],
])('silent about %s', (_, calls) => {
  expect(learned().slots(3, calls).flat()).toEqual([]);
});

test('silent about an export that has run before, by whichever client', () => {
  const nightly = asks(30, () => '192.0.2.200', { size: 4e6 });
  const watch = learned((start) => (start % 43_200_000 === 0 ? nightly(start) : usual(start)));
  expect(watch.slots(3, thief(6e6)).flat()).toEqual([]);
  expect(watch.slot(thief(2e7))).toHaveLength(1);
});
