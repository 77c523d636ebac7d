import { describe, expect, it } from 'vitest';
import { nameCallsMadeCauses } from '../../../src/compare/causes/calls-made.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import type { Pairing } from '../../../src/compare/pairs.ts';
import type { RuleId } from '../../../src/compare/rules.ts';
import { Sketch } from '../../../src/profile/sketch.ts';
import { finding } from '../../support/judgements.ts';

const PLACE = 'orders POST /orders';

/** The own time (ms) of handled calls, half of which ended well: `usual`, and the slowest tenth. */
function stats(usual: number, slowest = usual) {
  const times = Array.from({ length: 40 }, (_, i) => (i % 10 ? usual : slowest));
  const outcomes = ['2xx', '5xx'].map((status, k) => {
    const selfTime = new Sketch();
    for (const [i, time] of times.entries()) if (i % 2 === k) selfTime.add(time);
    return [status, { selfTime }];
  });
  return { fanout: { outcomes } };
}

const pairing = (base: object, cand: object) =>
  ({ pairs: [{ operation: PLACE, base, cand }] }) as unknown as Pairing;
const idle = pairing(stats(2), stats(2));

const slower = (rule: RuleId, by: number, given: Partial<Finding> = {}) =>
  finding({ rule, operation: PLACE, path: 'P', baseline: 10, candidate: 10 + by, ...given });
const p95 = slower('latency.p95-increased', 40);
const more = (given: Partial<Finding> = {}) =>
  finding({
    rule: 'call.count-changed',
    operation: PLACE,
    path: 'db',
    baseline: 1,
    candidate: 3,
    ...given,
  });

const causeOf = (effect: Finding, causes: readonly Finding[], given = idle) =>
  nameCallsMadeCauses([effect, ...causes], given)[0]?.causedBy;
const BY_COUNT = `call.count-changed ${PLACE} db`;

describe('an operation that takes longer', () => {
  it.each([
    'call.count-changed',
    'call.extra',
    'call.mutation-added',
    'call.new-destination',
    'call.retries',
  ] as const)('does so for the calls that it makes more: %s', (rule) => {
    expect(causeOf(p95, [more({ rule })])).toBe(`${rule} ${PLACE} db`);
  });

  it.each<[string, Partial<Finding>]>([
    ['fewer calls', { baseline: 3, candidate: 1 }],
    ['as many calls', { baseline: 3, candidate: 3 }],
    ['more calls of another operation', { operation: 'else' }],
    ['more calls that are no break', { severity: 'warning' }],
    ['calls in another order', { rule: 'call.order-changed' }],
  ])('does not do so for %s', (_, given) => {
    expect(causeOf(p95, [more(given)])).toBeUndefined();
  });

  it('is told with all else as it was', () => {
    const told = nameCallsMadeCauses([more(), p95], idle);
    expect(told).toEqual([more(), { ...p95, causedBy: BY_COUNT }]);
    const known = { ...p95, causedBy: 'db' };
    expect(causeOf(known, [more()])).toBe('db');
    const error = finding({ rule: 'error.new-status', operation: PLACE });
    expect(causeOf(error, [more()])).toBeUndefined();
    const stranger = { ...p95, operation: 'stranger' };
    expect(causeOf(stranger, [more({ operation: 'stranger' })])).toBeUndefined();
  });

  it('does not do so for its calls where its own time is more than half of it', () => {
    const own = (from: number, to: number) => pairing(stats(from), stats(to));
    expect(causeOf(p95, [more()], own(2, 18))).toBe(BY_COUNT);
    expect(causeOf(p95, [more()], own(2, 26))).toBeUndefined();
    expect(causeOf(p95, [more()], own(26, 2))).toBe(BY_COUNT);
  });

  it('is looked at by the same quantile of its own time', () => {
    const tail = pairing(stats(2), stats(2, 50));
    const p50 = slower('latency.p50-increased', 40);
    expect(causeOf(p95, [more()], tail)).toBeUndefined();
    expect(causeOf(p50, [more()], tail)).toBe(BY_COUNT);
  });
});
