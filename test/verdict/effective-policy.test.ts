import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { effectivePolicy } from '../../src/verdict/effective-policy.ts';
import { NO_ALLOWANCES, type Policy, policyOf } from '../../src/verdict/policy.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { call } from '../support/calls.ts';
import { finding, judgement } from '../support/judgements.ts';
import { acceptances, findings, policies } from './policies.ts';

const STRICTNESS = { PASS: 0, INCONCLUSIVE: 1, FAIL: 2 };

function capture(skewed = false): CaptureStats {
  const stats = new CaptureStats();
  stats.observe(call({ ts: 1_700_000_000_000 }));
  if (skewed) stats.addProblem({ code: 'clock-skew', message: 'clocks differ' });
  return stats;
}

function verdictBy(policy: Policy, found: readonly Finding[], share: number, skewed = false) {
  const coverage = { ...judgement().coverage, comparedShare: share };
  return judge({ findings: found, coverage }, capture(), capture(skewed), policy);
}

const shares = fc.constantFrom(0.4, 0.7, 0.95, 1);

describe('the policy of a change that brings its own file', () => {
  it('unreviewed, is never laxer than that of the base branch', () => {
    fc.assert(
      fc.property(policies, policies, findings, shares, fc.boolean(), (...given) => {
        const [base, head, found, share, skewed] = given;
        const before = verdictBy(base, found, share, skewed);
        const after = verdictBy(effectivePolicy(base, head), found, share, skewed);
        expect(STRICTNESS[after.verdict]).toBeGreaterThanOrEqual(STRICTNESS[before.verdict]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('unreviewed, lets pass no single finding that the base branch does not', () => {
    fc.assert(
      fc.property(policies, policies, findings, (base, head, found) => {
        const counting = (policy: Policy) =>
          verdictBy(policy, found, 1).findings.filter(({ accepted }) => !accepted);
        const kept = counting(effectivePolicy(base, head));
        for (const one of counting(base)) {
          const same = kept.filter(
            ({ rule, operation, path }) =>
              rule === one.rule && operation === one.operation && path === one.path,
          );
          expect(same.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('unreviewed, is as strict as what the change tightens', () => {
    fc.assert(
      fc.property(policies, policies, findings, shares, (base, head, found, share) => {
        const own = verdictBy(head, found, share);
        const after = verdictBy(effectivePolicy(base, head), found, share);
        expect(STRICTNESS[after.verdict]).toBeGreaterThanOrEqual(STRICTNESS[own.verdict]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing where the change leaves the file as it is', () => {
    fc.assert(
      fc.property(policies, findings, shares, (base, found, share) => {
        const effective = effectivePolicy(base, structuredClone(base));
        expect(effective.untrusted).toEqual([]);
        expect(verdictBy(effective, found, share).verdict).toBe(
          verdictBy(base, found, share).verdict,
        );
      }),
    );
  });

  it('lists every acceptance that it adds, and every one whose day it moves later', () => {
    fc.assert(
      fc.property(fc.array(acceptances, { minLength: 1, maxLength: 4 }), (accept) => {
        const base = policyOf(NO_ALLOWANCES);
        const head = policyOf({ ...NO_ALLOWANCES, accept });
        expect(effectivePolicy(base, head).untrusted).toEqual(accept);
        const later = accept.map((one) => ({ ...one, expires: '2030-01-01' }));
        const longer = policyOf({ ...NO_ALLOWANCES, accept: later });
        expect(effectivePolicy(head, longer).untrusted).toEqual(later);
        const reworded = accept.map((one) => ({ ...one, reason: 'trust me', by: 'the boss' }));
        const other = policyOf({ ...NO_ALLOWANCES, accept: reworded });
        expect(effectivePolicy(head, other).untrusted).toEqual([]);
      }),
    );
  });

  it('tells what else it would loosen', () => {
    const base = policyOf({ ...NO_ALLOWANCES, rules: [{ rule: 'header.*', level: 'warning' }] });
    const head = policyOf(
      {
        rules: [
          { rule: 'header.*', level: 'off' },
          { rule: 'call.missing', level: 'breaking' },
        ],
        ignore: [{ operation: 'orders *', reason: 'x' }],
        accept: [],
      },
      0.1,
    );
    const { proposals } = effectivePolicy(base, head);
    expect(proposals).toEqual([
      expect.stringMatching(/no effect until merged or approved: ignore orders \*$/),
      expect.stringMatching(/rules header\.\*: off$/),
      expect.stringMatching(/thresholds\.coverage$/),
    ]);
  });

  it('is as strict in coverage as the stricter file, and tells a proposal to lower it', () => {
    const of = (base: number, head: number) => {
      const [before, after] = [policyOf(NO_ALLOWANCES, base), policyOf(NO_ALLOWANCES, head)];
      const { minCoverage, proposals } = effectivePolicy(before, after);
      return [minCoverage, proposals];
    };
    const told = 'proposed here, of no effect until merged or approved: thresholds.coverage';
    expect(of(0.9, 0.5)).toEqual([0.9, [told]]);
    expect(of(0.5, 0.9)).toEqual([0.9, []]);
    expect(of(0.9, 0.9)).toEqual([0.9, []]);
  });

  it('tells of ignores only those that are new: another rule, operation or path', () => {
    const entry = { rule: 'header.*', operation: 'orders *', path: 'vary', reason: 'known' };
    const others = [
      { ...entry, rule: 'header.removed' },
      { ...entry, operation: 'users *' },
      { ...entry, path: 'etag' },
    ];
    const base = policyOf({ ...NO_ALLOWANCES, ignore: [entry] });
    const ignore = [{ ...entry, reason: 'reworded' }, ...others];
    const { proposals } = effectivePolicy(base, policyOf({ ...NO_ALLOWANCES, ignore }));
    const told = 'proposed here, of no effect until merged or approved: ignore';
    expect(proposals).toEqual([
      `${told} header.removed orders * vary`,
      `${told} header.* users * vary`,
      `${told} header.* orders * etag`,
    ]);
  });

  it('tells of rules only those that weigh less than the base says, or that it says nothing of', () => {
    const rules = (...given: (readonly [string, 'breaking' | 'warning' | 'info' | 'off'])[]) =>
      policyOf({ ...NO_ALLOWANCES, rules: given.map(([rule, level]) => ({ rule, level })) });
    const base = rules(['header.*', 'warning'], ['call.missing', 'info'], ['call.extra', 'off']);
    const head = rules(
      ['header.*', 'info'],
      ['call.missing', 'info'],
      ['call.extra', 'warning'],
      ['call.retries', 'warning'],
      ['schema.*', 'breaking'],
    );
    const told = 'proposed here, of no effect until merged or approved: rules';
    expect(effectivePolicy(base, head).proposals).toEqual([
      `${told} header.*: info`,
      `${told} call.retries: warning`,
    ]);
  });

  it('tells what the base branch says of an acceptance, and the earlier of both days', () => {
    const entry = { rule: 'call.missing', operation: '*', reason: 'agreed', by: 'ann' };
    const base = policyOf({ ...NO_ALLOWANCES, accept: [{ ...entry, expires: '2030-01-01' }] });
    const own = { ...entry, reason: 'trust me', by: 'the boss', expires: '2029-01-01' };
    const head = policyOf({ ...NO_ALLOWANCES, accept: [own] });
    const found = verdictBy(
      effectivePolicy(base, head),
      [finding({ rule: 'call.missing' })],
      1,
    ).findings;
    expect(found[0]?.accepted).toEqual({ reason: 'agreed', by: 'ann', expires: '2029-01-01' });
  });
});
