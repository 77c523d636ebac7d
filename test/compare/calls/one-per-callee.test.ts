import { expect, it } from 'vitest';
import { onePerCallee } from '../../../src/compare/calls/one-per-callee.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import type { RuleId } from '../../../src/compare/rules.ts';
import { finding } from '../../support/judgements.ts';

const of = (rule: RuleId, given: Partial<Finding> = {}) =>
  finding({ rule, operation: 'orders POST /orders', path: 'stock GET /a', ...given });
const rules = (...given: readonly Finding[]) => onePerCallee(given).map(({ rule }) => rule);

it('what says more of a callee stands for what says less, in any order', () => {
  const inOrder: readonly RuleId[] = [
    'call.new-destination',
    'call.retries',
    'call.mutation-added',
    'call.extra',
    'call.missing',
    'call.count-changed',
    'call.order-changed',
  ];
  for (const [i, more] of inOrder.entries()) {
    for (const less of inOrder.slice(i + 1)) {
      expect(rules(of(more), of(less))).toEqual([more]);
      expect(rules(of(less), of(more, { severity: 'warning' }))).toEqual([more]);
      expect(rules(of(more, { severity: 'warning' }), of(less))).toEqual([more]);
    }
  }
});

it('what is said of another callee, operation or kind of difference stands beside it', () => {
  const count = of('call.count-changed');
  expect(rules(count, of('call.extra', { path: 'b' }))).toHaveLength(2);
  expect(rules(count, of('call.extra', { operation: 'b' }))).toHaveLength(2);
  expect(rules(of('call.auth-missing'), count)).toEqual([
    'call.count-changed',
    'call.auth-missing',
  ]);
});

it('of the same said of two outcomes the heavier stands, then the one of more calls', () => {
  const by = (severity: Finding['severity'], candidate: number) =>
    of('call.extra', { severity, samples: { baseline: 50, candidate } });
  const stands = (...given: readonly Finding[]) =>
    onePerCallee(given).map(({ severity, samples }) => [severity, samples.candidate]);
  expect(stands(by('warning', 90), by('breaking', 30))).toEqual([['breaking', 30]]);
  expect(stands(by('breaking', 30), by('warning', 90))).toEqual([['breaking', 30]]);
  expect(stands(by('warning', 30), by('warning', 90))).toEqual([['warning', 90]]);
  expect(stands(by('warning', 90), by('warning', 30))).toEqual([['warning', 90]]);
});

it('what followed from a finding follows from the one that stands for it', () => {
  const less = of('call.count-changed');
  const more = of('call.retries');
  const effect = of('call.extra', { path: 'cache', causedBy: findingId(less) });
  const cause = (...given: readonly Finding[]) =>
    onePerCallee(given).find(({ path }) => path === 'cache')?.causedBy;
  expect(cause(less, more, effect)).toBe(findingId(more));
  expect(cause(less, effect)).toBe(findingId(less));
  expect(cause({ ...effect, causedBy: 'another' }, less)).toBe('another');
});
