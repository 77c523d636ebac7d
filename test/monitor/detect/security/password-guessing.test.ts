import { expect, test } from 'vitest';
import { passwordGuessing } from '../../../../src/monitor/detect/security/password-guessing.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

/** Sign-ins by different people behind a load balancer, every tenth with a wrong password. */
const signIns =
  (count: number, said: (i: number) => Partial<Said> = (i) => ({ status: i % 10 ? 200 : 401 })) =>
  (start: number) =>
    times(start, count).flatMap((ts, i) => {
      const client = { 'x-forwarded-for': `203.0.${i % 200}.7` };
      const asked = {
        ...{ method: 'POST', path: '/api/login', requestHeaders: client },
        ...{ request: `{"user":"u${i}","password":"CANARY${start % 977}${i}"}`, ...said(i) },
      };
      return [
        callOf({ ts, from: null, fromIp: '10.9.0.1', to: 'gateway', ...asked }),
        callOf({ ts: ts + 1, from: 'gateway', to: 'users', ...asked, path: '/sessions' }),
      ];
    });
const guesses = (count: number, said: Partial<Said> = {}) =>
  signIns(count, () => ({ status: 401, ...said }));
const and =
  (...all: readonly ReturnType<typeof signIns>[]) =>
  (start: number) =>
    all.flatMap((calls) => calls(start));

const known = new Watch([passwordGuessing]);
known.learnDay(signIns(20), 6);
const learned = () => known.twin();

test.each<[string, ReturnType<typeof signIns>, RegExp]>([
  [
    'from one address',
    guesses(60, { requestHeaders: { 'x-forwarded-for': '198.51.100.9' } }),
    /60 different credentials .* mostly from 198\.51\.100\.9 \(behind a proxy\), which was let in 0 times/,
  ],
  ['from many', guesses(60), /from 60 addresses/],
])('many credentials %s are denied: told once, of who is asked first', (_, guessed, words) => {
  const watch = learned();
  const [signal, ...others] = watch.slot(
    and(
      signIns(20, () => ({})),
      guessed,
    ),
  );
  expect(others).toEqual([]);
  expect(signal).toMatchObject({
    rule: 'security.password-guessing',
    subject: { workload: 'gateway', operation: 'gateway POST /api/login' },
    summary: expect.stringMatching(words),
  });
  expect(JSON.stringify(signal) + watch.memory()).not.toContain('CANARY');
});

test('Basic credentials are tried at any path', () => {
  const tried = (start: number) =>
    times(start, 50).map((ts, i) =>
      callOf({ ts, status: 401, requestHeaders: { authorization: `Basic Q0FOQVJZ${i}` } }),
    );
  expect(learned().slot(tried)).toMatchObject([{ subject: { workload: 'orders' } }]);
});

test.each<[string, ReturnType<typeof signIns>]>([
  ['an office behind one address, some of whom forgot theirs', signIns(300)],
  ['a sale, with ten times the sign-ins', signIns(200)],
  ['one wrong password again and again', guesses(300, { request: '{"password":"old"}' })],
  ['a few more that are wrong', and(signIns(20), guesses(20))],
  ['tokens that have expired', guesses(300, { method: 'GET', path: '/orders/7' })],
])('silent about %s', (_, calls) => {
  expect(learned().slots(3, calls).flat()).toEqual([]);
});
