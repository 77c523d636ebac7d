import type { Normal } from '../learned/normal.ts';
import type { OperationMeasure } from '../measure/operation-measure.ts';

/** Shares at which a learned distribution is read: closer together where the tail begins. */
const STEPS = [0, 0.5, 0.75, 0.85, 0.9, 0.93, 0.96, 0.98, 0.99, 0.997, 1];

/**
 * P95 (ms) that calls in today's proportions would have with the latencies learned of each
 * operation; undefined where nothing is known of any.
 */
export function usualP95(measures: Iterable<OperationMeasure>, normal: Normal): number | undefined {
  const masses: [latency: number, mass: number][] = [];
  let all = 0;
  for (const { name, latency } of measures) {
    const usual = latency.count > 0 ? normal.usual(name.operation) : undefined;
    if (!usual) continue;
    for (let i = 1; i < STEPS.length; i++) {
      const [from, to] = [STEPS[i - 1] as number, STEPS[i] as number];
      const value = usual.latency((from + to) / 2);
      if (Number.isNaN(value)) continue;
      const mass = (to - from) * latency.count;
      masses.push([value, mass]);
      all += mass;
    }
  }
  let seen = 0;
  for (const [value, mass] of masses.sort(([a], [b]) => a - b)) {
    seen += mass;
    if (seen >= 0.95 * all) return value;
  }
  return undefined;
}
