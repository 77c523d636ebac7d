import { expect, it } from 'vitest';
import { type Each, findings, type Made } from './make.ts';

const bare: Made = { to: 'payment POST /charge', headers: { accept: 'text/plain' } };
const withToken: Made = { ...bare, headers: { authorization: 'Bearer t' } };
const unseen: Made = { to: 'payment POST /charge' };

/** With a credential in the first `some` handled calls. */
const inFirst =
  (some: number, other = bare): Each =>
  (i) => [i < some ? withToken : other];

const count = (...given: Parameters<typeof findings>) => findings(...given).length;

it('a credential that is no longer sent is told with how often it was, and calls without it', () => {
  const [found] = findings(inFirst(98), inFirst(30));
  expect(found).toMatchObject({
    rule: 'call.auth-missing',
    category: 'behaviour',
    severity: 'breaking',
    path: 'payment POST /charge',
    summary:
      'Calls payment POST /charge without a credential in 70 of 100 calls; before in 2 of 100.',
    baseline: 0.98,
    candidate: 0.3,
    interval: { level: 0.95 },
    samples: { baseline: 100, candidate: 100 },
  });
  expect(found?.effect).toBeCloseTo(-0.68);
  expect(found?.interval?.low).toBeGreaterThan(-0.8);
  expect(found?.interval?.high).toBeLessThan(-0.5);
  expect(found?.evidence).toHaveLength(3);
  for (const { callId, side, note } of found?.evidence ?? []) {
    expect([side, note]).toEqual(['candidate', 'no credential']);
    expect(Number(callId.split('/')[1])).toBeGreaterThanOrEqual(30);
  }
});

it('one that was nearly always sent and now is not in a fifth of the calls is lost', () => {
  expect(count(inFirst(95), inFirst(70))).toBe(1);
  expect(count(inFirst(94), inFirst(70))).toBe(0);
  expect(count(inFirst(100), inFirst(80))).toBe(1);
  expect(count(inFirst(100), inFirst(81))).toBe(0);
});

it('it takes more than chance, and enough calls whose headers were seen', () => {
  expect(count(inFirst(20), inFirst(16), [20, 20])).toBe(0);
  expect(count(inFirst(20), inFirst(11), [20, 20])).toBe(1);
  expect(count(inFirst(20, unseen), inFirst(0))).toBe(1);
  expect(count(inFirst(19, unseen), inFirst(0))).toBe(0);
  const seen =
    (some: number): Each =>
    (i) => [i < some ? bare : unseen];
  expect(count(inFirst(100), seen(20))).toBe(1);
  expect(count(inFirst(100), seen(19))).toBe(0);
});

it('calls that are gone lost no credential', () => {
  const rules = findings(inFirst(100), () => []).map(({ rule }) => rule);
  expect(rules).toEqual(['call.missing']);
});
