import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../src/compare/finding.ts';
import { setNoiseAside } from '../../src/compare/noise.ts';
import { finding } from '../support/judgements.ts';

const WEIGHT: Readonly<Record<Severity, number>> = { info: 0, warning: 1, breaking: 2 };

function slower(effect: number, given: Partial<Finding> = {}): Finding {
  return finding({
    rule: 'latency.p95-increased',
    category: 'performance',
    path: 'P95',
    summary: `P95 rose ${effect}×.`,
    effect,
    interval: { low: effect * 0.9, high: effect * 1.1, level: 0.95 },
    ...given,
  });
}

describe('what the windows differ in too', () => {
  test('is information, and says so', () => {
    const [aside] = setNoiseAside([slower(1.6)], [slower(1.2), slower(1.5)]);
    expect(aside).toMatchObject({
      severity: 'info',
      summary: expect.stringMatching(/own windows differ in this too: P95 rose 1\.5×/),
    });
  });

  test('stays what it is where it is clearly larger, sure by its interval', () => {
    const inside = [slower(1.5), slower(0.6)];
    expect(setNoiseAside([slower(4)], inside)[0]).toEqual(slower(4));
    const unsure = slower(4, { interval: { low: 1.1, high: 9, level: 0.95 } });
    expect(setNoiseAside([unsure], inside)[0]?.severity).toBe('info');
  });

  test('is told by family, operation and place', () => {
    const removed = finding({ effect: -1 });
    const optional = finding({ rule: 'schema.became-optional', effect: -0.9 });
    expect(setNoiseAside([removed], [optional])[0]?.severity).toBe('info');
    for (const other of [
      finding({ effect: -1, operation: 'orders GET /other' }),
      finding({ effect: -1, path: 'response 200 /other' }),
      slower(2, { path: removed.path as string }),
    ]) {
      expect(setNoiseAside([removed], [other])[0]).toBe(removed);
    }
  });

  test('a field that was rarer in one window is no licence to remove it', () => {
    const rarer = finding({ rule: 'schema.became-optional', effect: -0.2 });
    const removed = finding({ effect: -0.93, interval: { low: -0.97, high: -0.88, level: 0.95 } });
    expect(setNoiseAside([removed], [rarer])[0]?.severity).toBe('breaking');
  });
});

test('noise never makes a finding weigh more, and the order of the windows does not matter', () => {
  const one = fc
    .record({
      rule: fc.constantFrom<Finding['rule']>(
        'latency.p95-increased',
        'schema.field-removed',
        'call.count-changed',
        'call.missing',
      ),
      path: fc.constantFrom('a', 'b'),
      severity: fc.constantFrom<Severity>('info', 'warning', 'breaking'),
      effect: fc.oneof(fc.constant(null), fc.double({ min: 0.01, max: 9, noNaN: true })),
      summary: fc.string(),
    })
    .map((given) => finding({ ...given, interval: null }));
  const many = fc.array(one, { maxLength: 8 });
  fc.assert(
    fc.property(many, many, fc.infiniteStream(fc.nat()), (findings, inside, keys) => {
      const after = setNoiseAside(findings, inside);
      expect(after).toHaveLength(findings.length);
      after.forEach((finding, i) => {
        const before = findings[i] as Finding;
        expect(WEIGHT[finding.severity]).toBeLessThanOrEqual(WEIGHT[before.severity]);
      });
      const shuffled = inside
        .map((finding) => ({ finding, key: keys.next().value }))
        .sort((a, b) => a.key - b.key)
        .map(({ finding }) => finding);
      expect(setNoiseAside(findings, shuffled)).toEqual(after);
    }),
  );
});
