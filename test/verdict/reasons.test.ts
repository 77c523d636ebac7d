import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { DEFAULT_POLICY, NO_ALLOWANCES, type Policy, policyOf } from '../../src/verdict/policy.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { call } from '../support/calls.ts';
import { edge, finding, judgement } from '../support/judgements.ts';

const from = (time: string) => {
  const stats = new CaptureStats();
  for (let i = 0; i < 100; i++) stats.observe(call({ ts: Date.parse(time) + i }));
  return stats;
};
const earlier = from('2026-06-01T00:00:00Z');
const capture = from('2026-06-01T00:10:00Z');

const removed = finding({ operation: 'orders GET /a', path: '/x', summary: '/x is gone.' });
const status = finding({ rule: 'error.new-status', operation: 'orders GET /b', summary: '500.' });
const header = finding({ rule: 'header.removed', severity: 'warning', summary: 'vary is gone.' });

const thinOnes = Array.from({ length: 5 }, (_, i) => ({
  operation: `orders GET /${i}`,
  baseline: 1800 - i,
  candidate: i,
}));

function judged(found: readonly Finding[], policy: Policy = DEFAULT_POLICY, share = 1) {
  const coverage = { ...judgement().coverage, comparedShare: share, notCovered: thinOnes };
  return judge({ findings: found, coverage }, earlier, capture, policy);
}
const reasonsOf = (...given: Parameters<typeof judged>) => judged(...given).reasons;

const whole = "in 15 operations that hold 100 % of the baseline's calls";

describe('the reasons of a verdict, as they are read', () => {
  it('of a PASS', () => {
    expect(reasonsOf([header])).toEqual([`no breaking difference ${whole}`]);
  });

  it('of captures that look mixed up, whatever the verdict', () => {
    const { coverage } = judgement();
    const told = (cand: CaptureStats, found: readonly Finding[] = []) =>
      judge({ findings: found, coverage }, capture, cand).reasons[1];
    expect(told(capture)).toMatch(/^both captures hold as many calls of the same time: was one/);
    expect(told(earlier)).toMatch(/^the candidate ends at 2026-06-01T00:00:00.099Z, before the b/);
    expect(told(earlier, [removed])).toMatch(/were they given the wrong way round\?/);
    expect(told(from('2026-06-01T00:10:00.05Z'))).toBeUndefined();
    expect(told(new CaptureStats())).toBeUndefined();
  });

  it('of a FAIL: how many, and the first of the worst', () => {
    expect(reasonsOf([removed])).toEqual([
      '1 breaking difference, the first: orders GET /a: /x is gone.',
    ]);
    expect(reasonsOf([header, status, removed])).toEqual([
      '2 breaking differences, the first: orders GET /b: 500.',
    ]);
  });

  it('of too little coverage: what is, what was needed, and where the rest of the calls is', () => {
    const thin =
      "only 42 % of the baseline's calls lie in operations with enough calls on both sides (90 % needed): capture longer, or exercise the rest more, on both sides: orders GET /0 (1,800 before, 0 now), orders GET /1 (1,799 before, 1 now), orders GET /2 (1,798 before, 2 now) and 2 more";
    expect(reasonsOf([], DEFAULT_POLICY, 0.42)).toEqual([thin]);
    expect(reasonsOf([], DEFAULT_POLICY, 0.9)).toEqual([
      "no breaking difference in 15 operations that hold 90 % of the baseline's calls",
    ]);
    expect(reasonsOf([removed], DEFAULT_POLICY, 0.42)[1]).toBe(thin);
  });

  it('of operations that the baseline has not, but beside a FAIL', () => {
    const added = [50, 7, 1, 1].map((candidate, i) => ({
      operation: `orders GET /new/${i}`,
      baseline: 0,
      candidate,
    }));
    const of = (found: readonly Finding[], more = added) =>
      judge(
        { findings: found, coverage: { ...judgement().coverage, added: more } },
        earlier,
        capture,
      ).reasons.at(-1);
    expect(of([])).toBe(
      'not compared, for the baseline does not have them: orders GET /new/0 (50 calls), orders GET /new/1 (7 calls), orders GET /new/2 (1 call) and 1 more',
    );
    expect(of([], added.slice(2, 3))).toBe(
      'not compared, for the baseline does not have it: orders GET /new/2 (1 call)',
    );
    expect(of([removed])).toMatch(/^1 breaking difference/);
  });

  it('of an empty capture on either side', () => {
    const { findings, coverage } = judgement();
    const nothing = new CaptureStats();
    expect(judge({ findings, coverage }, nothing, nothing).reasons).toEqual([
      'baseline capture: it holds no calls',
      'candidate capture: it holds no calls',
    ]);
  });

  it('of what was required and is missing, unless it is only told', () => {
    const missing = finding({
      rule: 'coverage.required-missing',
      severity: 'warning',
      summary: 'Not called.',
    });
    expect(reasonsOf([missing])).toEqual(['orders GET /api/orders/{id}: Not called.']);
    expect(reasonsOf([{ ...missing, severity: 'info' }])).toEqual([
      `no breaking difference ${whole}`,
    ]);
  });

  it('of what the calls of a faulty capture can not tell', () => {
    const skewed = new CaptureStats();
    skewed.merge(capture);
    skewed.addProblem({ code: 'clock-skew', message: 'clocks differ' });
    const missing = finding({ rule: 'call.missing', summary: 'audit is not called.' });
    const with_ = (...findings: Finding[]) =>
      judge({ findings, coverage: judgement().coverage }, earlier, skewed).reasons;
    const last = "in the calls made can't be told from that, the first:";
    expect(with_(missing)).toEqual([
      'candidate capture: clocks differ',
      `1 difference ${last} orders GET /api/orders/{id}: audit is not called.`,
    ]);
    expect(with_(missing, missing)[1]).toMatch(`2 differences ${last}`);
    const meant = { rule: 'call.*', operation: 'orders *', reason: 'moved', expires: '2026-12-31' };
    const policy = policyOf({ ...NO_ALLOWANCES, accept: [meant] });
    const { coverage } = judgement();
    expect(judge({ findings: [missing], coverage }, earlier, skewed, policy).reasons).toEqual([
      'candidate capture: clocks differ',
      '1 difference accepted, the first until 2026-12-31: orders GET /api/orders/{id}: audit is not called. (moved)',
    ]);
    const doubtless = judge(
      { findings: [{ ...missing, severity: 'warning' }], coverage },
      earlier,
      skewed,
    );
    expect(doubtless.reasons).toEqual(['candidate capture: clocks differ']);
    expect(with_(status)).toEqual([
      '1 breaking difference, the first: orders GET /b: 500.',
      'candidate capture: clocks differ',
    ]);
  });
});

describe('what the configuration did, as it is read', () => {
  const meant = { rule: 'schema.*', operation: 'orders *', reason: 'moved', expires: '2026-12-31' };
  const accepting = (given: object, ...more: (typeof meant)[]) =>
    policyOf({ ...NO_ALLOWANCES, accept: [{ ...meant, ...given }, ...more] });

  it('accepted: how many, the first, by whom, until when and why', () => {
    const terms = 'until 2026-12-31: orders GET /a: /x is gone. (moved)';
    expect(reasonsOf([removed], accepting({}))).toEqual([
      `no breaking difference but what is accepted ${whole}`,
      `1 difference accepted, the first ${terms}`,
    ]);
    expect(reasonsOf([removed, removed], accepting({ by: 'ann' }))[1]).toBe(
      `2 differences accepted, the first by ann ${terms}`,
    );
    expect(reasonsOf([header, removed], accepting({}))[1]).toBe(
      `1 difference accepted, the first ${terms}`,
    );
  });

  it('ignored: by which entry and why', () => {
    const ignore = [{ rule: 'schema.*', path: '/x', reason: 'probes' }];
    const { reasons, ignored } = judged([removed], policyOf({ ...NO_ALLOWANCES, ignore }));
    expect(reasons).toEqual([
      `no breaking difference ${whole}`,
      '1 finding ignored by schema.* /x: probes',
    ]);
    expect(ignored).toHaveLength(1);
    expect(judged([removed])).not.toHaveProperty('ignored');
  });

  it('ignored: what fitted nothing, beside a finding that counts', () => {
    const ignore = [
      { operation: 'order *', reason: 'probes' },
      { path: '/nothing', reason: 'x' },
    ];
    const policy = policyOf({ ...NO_ALLOWANCES, ignore });
    expect(reasonsOf([removed], policy)[1]).toBe(
      '2 patterns of ignore fitted nothing, the first: order * (probes)',
    );
    expect(reasonsOf([], policy)).toHaveLength(1);
  });

  it('expired, where it would have fitted', () => {
    const late = { expires: '2026-05-31' };
    const { reasons, acceptances } = judged([removed], accepting(late));
    expect(reasons[1]).toBe('1 acceptance expired, the first: schema.* orders * until 2026-05-31');
    expect(acceptances?.expired).toHaveLength(1);
    expect(reasonsOf([removed], accepting(late, { ...meant, ...late }))[1]).toMatch(
      /^2 acceptances expired, the first: /,
    );
    expect(reasonsOf([removed, header], accepting(late))).toHaveLength(2);
    expect(reasonsOf([removed], accepting({ ...late, rule: 'call.missing' }))).toHaveLength(1);
  });

  it('says nothing of acceptances that did what they are for', () => {
    expect(judged([removed], accepting({}))).not.toHaveProperty('acceptances');
    expect(judged([], accepting({})).acceptances?.unused).toHaveLength(1);
  });

  it('proposed by the change itself, where it would fit', () => {
    const untrusted = { ...meant, expires: '2027-01-01' };
    const of = (...entries: object[]) => ({
      ...DEFAULT_POLICY,
      untrusted: entries.map((one) => ({ ...untrusted, ...one })),
    });
    const told =
      'proposed here, of no effect until merged or approved, the first: schema.* orders * until 2027-01-01';
    expect(reasonsOf([removed], of({}))[1]).toBe(`1 acceptance ${told}`);
    expect(reasonsOf([removed], of({}, {}))[1]).toBe(`2 acceptances ${told}`);
    expect(reasonsOf([removed], of({ operation: 'users *' }))).toHaveLength(1);
    expect(judged([removed], of({})).acceptances?.untrusted).toHaveLength(1);
  });

  it('an acceptance of what another one accepted already is no news', () => {
    const policy = {
      ...accepting({}, { ...meant, expires: '2026-05-31' }),
      untrusted: [{ ...meant, expires: '2027-01-01' }],
    };
    expect(reasonsOf([removed], policy)).toHaveLength(2);
  });

  it('ten proposals one by one, and how many more', () => {
    const of = (count: number) =>
      reasonsOf([], {
        ...DEFAULT_POLICY,
        proposals: Array.from({ length: count }, (_, i) => `proposal ${i + 1}`),
      }).slice(1);
    expect(of(10)).toHaveLength(10);
    expect(of(10)[9]).toBe('proposal 10');
    expect(of(12).slice(9)).toEqual([
      'proposal 10',
      'proposed here, of no effect until merged or approved: 2 more',
    ]);
  });
});

describe('a judgement', () => {
  it('has the findings worst first, in their order otherwise', () => {
    const info = finding({ severity: 'info' });
    const given = [info, header, removed, status];
    expect(judged(given).findings).toEqual([removed, status, header, info]);
  });

  it('holds the graph and the operations where there are some', () => {
    const { coverage } = judgement();
    const graph = { edges: [edge()], left: { edges: 0, changed: 0 } };
    const operations = { rows: [], left: 0 };
    const given = { findings: [], coverage, graph, operations } as never;
    expect(judge(given, earlier, capture)).toMatchObject({ graph, operations });
    const without = judge({ findings: [], coverage }, earlier, capture);
    expect(without).not.toHaveProperty('graph');
    expect(without).not.toHaveProperty('operations');
  });
});
