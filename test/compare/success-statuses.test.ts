import { expect, it } from 'vitest';
import { pairOperations } from '../../src/compare/pairs.ts';
import { compareSuccessStatuses } from '../../src/compare/success-statuses.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

function profileOf(status: (i: number) => string, count: number) {
  const profiler = new Profiler();
  for (let i = 0; i < count; i++) {
    profiler.push({ kind: 'call', call: call({ to: 'api', ts: i * 1000, status: status(i) }) });
  }
  return profiler.finish();
}

function told(base: (i: number) => string, cand: (i: number) => string, count = 60) {
  const { pairs } = pairOperations(profileOf(base, count), profileOf(cand, count));
  return compareSuccessStatuses(pairs, { minSamples: 20 }).findings.map(
    ({ severity, rule, path }) => `${severity} ${rule} ${path}`,
  );
}

const ok = () => '200';
const every = (n: number, status: string) => (i: number) => (i % n ? '200' : status);

it.each(['201', '204', '302'])('200 that became %s is breaking', (status) => {
  expect(told(ok, () => status)).toEqual([
    'breaking schema.status-removed status 200',
    `info schema.status-added status ${status}`,
  ]);
});

it('what was one answer of several and is gone may not have been exercised', () => {
  expect(told(every(3, '204'), ok)).toEqual(['info schema.status-removed status 204']);
});

it('an answer more is information', () => {
  expect(told(ok, every(3, '202'))).toEqual(['info schema.status-added status 202']);
});

it.each([
  ['a share that shifts', every(2, '204'), every(9, '204')],
  ['an answer to a conditional request', ok, every(2, '304')],
  ['errors, which are told as errors', ok, every(2, '500')],
  ['nothing but errors', ok, () => '500'],
  ['one call by chance', ok, every(60, '202')],
])('%s is no finding', (_what, base, cand) => {
  expect(told(base, cand)).toEqual([]);
});

it('a few calls are not judged', () => {
  expect(told(ok, () => '204', 15)).toEqual([]);
});
