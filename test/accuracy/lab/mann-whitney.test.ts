import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shiftOf } from '../../../scripts/accuracy/lab/mann-whitney.ts';

const sample = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 5, maxLength: 40 })
  .map((values) => Float64Array.from(values, (value) => value / 100).sort());

test('the estimate is the median of all differences', () => {
  fc.assert(
    fc.property(sample, sample, (control, experiment) => {
      const differences = [...experiment].flatMap((x) => [...control].map((y) => x - y));
      differences.sort((a, b) => a - b);
      const middle = (differences.length - 1) / 2;
      const { estimate } = shiftOf(control, experiment, 0.98);
      // Half a rank of continuity correction may reach one difference further on either side.
      expect(estimate).toBeGreaterThan((differences[Math.floor(middle) - 1] as number) - 1e-3);
      expect(estimate).toBeLessThan((differences[Math.ceil(middle) + 1] as number) + 1e-3);
    }),
  );
});

test('what is added to the experiment is added to the shift and both its ends', () => {
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: -50, max: 50 }), (control, experiment, by) => {
      const one = shiftOf(control, experiment, 0.95);
      const other = shiftOf(
        control,
        experiment.map((x) => x + by),
        0.95,
      );
      for (const end of ['low', 'estimate', 'high'] as const) {
        expect(Math.abs(other[end] - one[end] - by)).toBeLessThan(0.02);
      }
      expect(one.low).toBeLessThanOrEqual(one.estimate + 1e-3);
      expect(one.high).toBeGreaterThanOrEqual(one.estimate - 1e-3);
    }),
  );
});

test('the ends are the differences that the table of critical values names', () => {
  // Hollander & Wolfe (1973), p. 69: permeability of membranes, as in R's ?wilcox.test. Two-sided at
  // 5 %, 10 and 5 values have the critical value 8: the ninth difference from either end.
  const experiment = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const control = [1.15, 0.88, 0.9, 0.74, 1.21];
  const differences = experiment.flatMap((x) => control.map((y) => x - y)).sort((a, b) => a - b);
  const { low, high } = shiftOf(
    Float64Array.from(control).sort(),
    Float64Array.from(experiment).sort(),
    0.95,
  );
  expect(low).toBeCloseTo(differences.at(8) as number, 3);
  expect(high).toBeCloseTo(differences.at(-9) as number, 3);
});
