import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { pairOperations } from '../../../src/compare/pairs.ts';
import { compareSuccessStatuses } from '../../../src/compare/statuses/success-statuses.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call } from '../../support/calls.ts';

/** `asking`: whether each call asks if what it knows is current. */
function profileOf(
  status: (i: number) => string,
  count: number,
  asking = false,
  protocol: Call['protocol'] = 'http',
) {
  const profiler = new Profiler();
  const requestHeaders = new Map(asking ? [['if-none-match', '"7"']] : []);
  for (let i = 0; i < count; i++) {
    const one = call({ to: 'api', ts: i * 1000, status: status(i), requestHeaders, protocol });
    profiler.push({ kind: 'call', call: one });
  }
  return profiler.finish();
}

interface Given {
  /** Calls before, and now where that is another number. */
  readonly count?: number;
  readonly now?: number;
  readonly asking?: boolean;
  readonly protocol?: Call['protocol'];
}

function findingsOf(
  base: (i: number) => string,
  cand: (i: number) => string,
  { count = 60, now = count, asking = false, protocol = 'http' }: Given = {},
) {
  const before = profileOf(base, count, asking, protocol);
  const after = profileOf(cand, now, asking, protocol);
  const { pairs } = pairOperations(before, after);
  return compareSuccessStatuses(pairs, { minSamples: 20 }).findings;
}

function told(...given: Parameters<typeof findingsOf>) {
  return findingsOf(...given).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);
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

it('a redirection of half of the calls is a warning, and of nearly all a break', () => {
  const most = (n: number) => (i: number) => (i % n ? '302' : '200');
  expect(told(ok, every(2, '302'))).toEqual(['warning schema.status-added status 302']);
  expect(told(every(20, '302'), every(2, '302'))).toEqual([
    'warning schema.status-added status 302',
  ]);
  expect(told(every(20, '302'), most(10))).toEqual(['breaking schema.status-added status 302']);
  const [found] = findingsOf(every(20, '302'), most(10));
  expect(found?.summary).toBe(
    'Answers 302 in 54 of 60 calls that did not fail; before in 3 of 60.',
  );
});

it('what nearly all were answered with and is gone breaks, and what came for it says no more', () => {
  expect(told(every(20, '302'), () => '302')).toEqual([
    'breaking schema.status-removed status 200',
    'info schema.status-added status 302',
  ]);
});

it('an answer more is information', () => {
  expect(told(ok, every(3, '202'))).toEqual(['info schema.status-added status 202']);
});

it('what is never found unmodified any more, though calls ask, is a warning', () => {
  const [all, some] = [() => '304', every(5, '304')];
  const gone = ['warning schema.status-removed status 304'];
  expect(told(all, ok, { asking: true })).toEqual(gone);
  expect(told(some, ok, { asking: true })).toEqual(gone);
  expect(told(all, some, { asking: true })).toEqual([]);
  expect(told(some, ok)).toEqual([]);
  expect(told(all, ok, { asking: true, count: 20 })).toEqual(gone);
  expect(told(all, ok, { asking: true, now: 19 })).toEqual([]);
  expect(told(all, ok, { asking: true, count: 19, now: 60 })).toEqual([]);
  expect(told(every(60, '304'), ok, { asking: true })).toEqual([]);
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
  const other = () => '204';
  expect(told(ok, other, { count: 20 })).toHaveLength(2);
  expect(told(ok, other, { now: 19 })).toEqual([]);
  expect(told(ok, other, { count: 19, now: 60 })).toEqual([]);
});

it('statuses of other protocols are none of success', () => {
  expect(told(ok, () => '204', { protocol: 'amqp' })).toEqual([]);
});

describe('a finding on statuses of success', () => {
  const of = (status: string, baseline: number, candidate: number) => ({
    operation: 'api GET /',
    path: `status ${status}`,
    category: 'schema-change',
    baseline,
    candidate,
    samples: { baseline: 60, candidate: 60 },
    interval: { low: expect.any(Number), high: expect.any(Number), level: 0.95 },
  });
  const calls = (side: 'baseline' | 'candidate', count = 3) =>
    Array.from({ length: count }, () => ({ callId: expect.any(String), side }));

  it('tells of one that is gone, with the calls of the others, and of one that is new', () => {
    expect(findingsOf(every(3, '204'), every(2, '202'))).toEqual([
      {
        ...of('202', 0, 30),
        rule: 'schema.status-added',
        severity: 'warning',
        summary: 'Answers 202 in 30 of 60 calls that did not fail; never before.',
        effect: 0.5,
        evidence: calls('candidate'),
      },
      {
        ...of('204', 20, 0),
        rule: 'schema.status-removed',
        severity: 'info',
        summary:
          'Never answers 204 any more, but 200 or 202; before in 20 of 60 calls that did not fail.',
        effect: -1 / 3,
        evidence: [...calls('candidate', 6), ...calls('baseline')],
      },
    ]);
  });

  it('tells of calls that ask whether what they know is current', () => {
    expect(findingsOf(every(5, '304'), ok, { asking: true })).toEqual([
      {
        ...of('304', 12, 0),
        rule: 'schema.status-removed',
        severity: 'warning',
        summary:
          'Never answers 304 any more, in 60 calls that ask whether it changed; before in 12 of 60.',
        effect: -0.2,
        evidence: calls('baseline'),
      },
    ]);
  });
});
