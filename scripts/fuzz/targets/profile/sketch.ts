import { Sketch } from '../../../../src/profile/sketch.ts';
import { holds } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

/** What a quantile may be off by, and where values begin and end. docs/profile-format.md */
const ERROR = 0.01;
const SMALLEST = 1e-3;
const LARGEST = 1e12;
const QUANTILES = [0, 0.01, 0.5, 0.9, 0.95, 0.99, 1];

export const target: Target = {
  holds:
    'a quantile is within 1 % of the exact one, for all finite values of its range; any split and order gives the same sketch, which is read as it was written',
  seeds: () => {
    const doubles = (...values: readonly number[]) => {
      const bytes = Buffer.alloc(8 * values.length);
      for (const [at, value] of values.entries()) bytes.writeDoubleBE(value, 8 * at);
      return bytes;
    };
    return [
      doubles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
      doubles(0, -1, Number.NaN, 1e-3, 9.99e-4, 1e12, 1e13, Number.POSITIVE_INFINITY),
      doubles(...Array.from({ length: 100 }, (_, i) => 1.02 ** i)),
      doubles(5e-324, 1.7976931348623157e308, 0.1, 0.1, 0.1),
    ];
  },
  run: (input) => {
    const draw = new Draw(input);
    const values: number[] = [];
    while (draw.left > 0) values.push(draw.double());
    const whole = sketchOf(values);
    const halves = [0, 1].map((half) => sketchOf(values.filter((_, at) => at % 2 === half)));
    const merged = new Sketch();
    for (const half of halves.reverse()) merged.merge(half);
    const text = JSON.stringify(whole.toJSON());
    same('halves merge to the whole', JSON.stringify(merged.toJSON()), text);
    same('it is read as written', JSON.stringify(Sketch.fromJSON(JSON.parse(text)).toJSON()), text);
    const exact = values.map(inRange).sort((a, b) => a - b);
    if (exact.length === 0) return;
    for (const q of QUANTILES) {
      const rank = Math.max(1, Math.ceil(q * exact.length));
      const [want, got] = [exact[rank - 1] as number, whole.quantile(q)];
      holds(
        Math.abs(got - want) <= ERROR * want * (1 + 1e-9),
        'a quantile is within its error',
        () => `${q}: ${got} for ${want}`,
      );
    }
    const total = exact.reduce((sum, value) => sum + value, 0);
    holds(
      Math.abs(whole.sum() - total) <= ERROR * total * (1 + 1e-9),
      'a sum is within its error',
      () => `${whole.sum()} for ${total}`,
    );
  },
};

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

/** What a value counts as: nothing below a microsecond, no more than the largest. */
function inRange(value: number): number {
  return value >= SMALLEST ? Math.min(value, LARGEST) : 0;
}
