import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { setNoiseAside } from '../../src/compare/noise.ts';
import { finding } from '../support/judgements.ts';

const slower = (effect: number | null, given: Partial<Finding> = {}) =>
  finding({ rule: 'latency.p95-increased', path: 'P95', effect, interval: null, ...given });
const missing = (effect: number | null, given: Partial<Finding> = {}) =>
  finding({ rule: 'call.missing', path: 'a', effect, interval: null, ...given });
const aside = (given: Finding, ...inside: readonly Finding[]) =>
  setNoiseAside([given], inside)[0]?.weakened === 'noise';
const between = (low: number | null, high: number | null) => ({ low, high, level: 0.95 });

describe('what the windows differ in too is noise', () => {
  it('unless it is one and a half times as large: ratios by their logarithms', () => {
    expect(aside(missing(-0.29), missing(-0.2))).toBe(true);
    expect(aside(missing(-0.75), missing(-0.5))).toBe(false);
    expect(aside(missing(0.75), missing(-0.5))).toBe(false);
    expect(aside(slower(8), slower(4))).toBe(false);
    expect(aside(slower(7.9), slower(4))).toBe(true);
    expect(aside(slower(1 / 8), slower(4))).toBe(false);
    expect(aside(missing(8), missing(5.4))).toBe(true);
  });

  it('unless it is surely no smaller: by the end of its interval that is nearer to none', () => {
    expect(aside(missing(-0.9, { interval: between(-1, -0.5) }), missing(-0.5))).toBe(false);
    expect(aside(missing(-0.9, { interval: between(-1, -0.49) }), missing(-0.5))).toBe(true);
    expect(aside(missing(0.9, { interval: between(0.5, 1) }), missing(0.5))).toBe(false);
    expect(aside(missing(0.9, { interval: between(0.49, 1) }), missing(0.5))).toBe(true);
    expect(aside(slower(8, { interval: between(2, 9) }), slower(2))).toBe(false);
    expect(aside(slower(8, { interval: between(1.9, 9) }), slower(2))).toBe(true);
    expect(aside(slower(1 / 8, { interval: between(1 / 9, 1 / 2) }), slower(2))).toBe(false);
    expect(aside(slower(1 / 8, { interval: between(1 / 9, 1 / 1.9) }), slower(2))).toBe(true);
    expect(aside(missing(0.9, { interval: between(null, 1) }), missing(0.5))).toBe(true);
    expect(aside(missing(-0.9, { interval: between(-1, null) }), missing(-0.5))).toBe(true);
  });

  it('by the largest difference inside, and by any that has no size', () => {
    expect(aside(missing(-0.9), missing(-0.1), missing(-0.8), missing(0.2))).toBe(true);
    expect(aside(missing(-0.9), missing(-0.1), missing(-0.6), missing(0.2))).toBe(false);
    expect(aside(missing(-0.9), missing(null))).toBe(true);
    expect(aside(missing(null), missing(0.9))).toBe(false);
    const counted = { rule: 'call.count-changed', path: 'a' } as const;
    expect(aside(missing(-0.9), slower(1.1, counted))).toBe(true);
    expect(aside(slower(8, counted), slower(4, counted))).toBe(false);
    expect(aside(slower(8, counted), slower(5, counted))).toBe(true);
  });

  it('of the same family, operation and place: quantiles of a latency are one', () => {
    const median = slower(2, { rule: 'latency.p50-increased', path: 'P50' });
    expect(aside(slower(2), median)).toBe(true);
    const warmUp = slower(2, { rule: 'latency.warm-up', path: 'warm-up' });
    expect(aside(slower(2), warmUp)).toBe(false);
    expect(aside(slower(2), { ...median, operation: 'else' })).toBe(false);
    expect(
      aside(missing(-0.5), finding({ rule: 'schema.field-removed', path: 'a', effect: -1 })),
    ).toBe(false);
    const { path: _, ...nowhere } = missing(-0.5);
    expect(aside(nowhere, nowhere)).toBe(true);
    expect(aside(nowhere, missing(-0.5))).toBe(false);
  });

  it('and says so, where it was more than information', () => {
    const inside = [missing(-0.5, { summary: 'B.' }), missing(-0.5, { summary: 'A.' })];
    const [told] = setNoiseAside([missing(-0.5, { summary: 'It is gone.' })], inside);
    expect(told).toMatchObject({
      severity: 'info',
      summary: "It is gone. But the baseline's own windows differ in this too: A.",
      weakened: 'noise',
    });
    const info = missing(-0.5, { severity: 'info' });
    expect(setNoiseAside([info], inside)).toEqual([{ ...info, weakened: 'noise' }]);
    expect(setNoiseAside([info], [])).toEqual([info]);
  });
});
