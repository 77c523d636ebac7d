import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { effectivePolicy } from '../../src/verdict/effective-policy.ts';
import {
  type Allowances,
  DEFAULT_POLICY,
  NO_ALLOWANCES,
  type Policy,
  policyOf,
} from '../../src/verdict/policy.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { call } from '../support/calls.ts';
import { finding, judgement } from '../support/judgements.ts';

const rule = 'schema.field-removed';
const open = finding({ rule, severity: 'warning', undecided: 'too few calls' });
const missing = finding({ rule: 'coverage.required-missing', severity: 'warning' });

const stats = new CaptureStats();
stats.observe(call({ ts: 1_700_000_000_000 }));

const verdictOf = (found: Finding, policy: Policy) =>
  judge({ findings: [found], coverage: judgement().coverage }, stats, stats, policy).verdict;

const accept = (of: string, expires: string): Partial<Allowances> => ({
  accept: [{ rule: of, operation: '*', reason: 'agreed', expires }],
});
const level = (of: string, to: 'breaking' | 'info' | 'off'): Partial<Allowances> => ({
  rules: [{ rule: of, level: to }],
});

describe.each([
  ['what too few calls leave undecided', open],
  ['what is required and was not called', missing],
])('%s', (_, found) => {
  const of = found.rule;
  const policy = (given: Partial<Allowances>) => policyOf({ ...NO_ALLOWANCES, ...given });

  it('keeps a PASS from being given', () => {
    expect(verdictOf(found, DEFAULT_POLICY)).toBe('INCONCLUSIVE');
  });

  it.each([
    ['accepted', accept(of, '2099-01-01')],
    ['ignored', { ignore: [{ rule: of, reason: 'known' }] }],
    ['made info by its rule', level(of, 'info')],
    ['of a rule that is off', level(of, 'off')],
  ])('counts no more where it is %s in a reviewed file, and does before', (_how, given) => {
    const head = policy(given);
    expect(verdictOf(found, head)).toBe('PASS');
    expect(verdictOf(found, effectivePolicy(DEFAULT_POLICY, head))).toBe('INCONCLUSIVE');
    expect(verdictOf(found, effectivePolicy(head, DEFAULT_POLICY))).toBe('INCONCLUSIVE');
    expect(verdictOf(found, effectivePolicy(head, head))).toBe('PASS');
  });

  it('counts where its acceptance has expired', () => {
    expect(verdictOf(found, policy(accept(of, '2020-01-01')))).toBe('INCONCLUSIVE');
  });

  it('fails where its rule is breaking, reviewed or not', () => {
    const head = policy(level(of, 'breaking'));
    expect(verdictOf(found, head)).toBe('FAIL');
    expect(verdictOf(found, effectivePolicy(DEFAULT_POLICY, head))).toBe('FAIL');
  });
});
