import { OperationStats } from '../../src/profile/operation-stats.ts';
import { call } from '../support/calls.ts';

/** Calls that take 20 to 40 ms times `factor`, twenty a slot; those for which `isFar` take `far` ms. */
export function timed(
  count: number,
  factor = 1,
  { isFar = (_: number): boolean => false, far = 0, own = true } = {},
): OperationStats {
  const stats = new OperationStats();
  for (let i = 0; i < count; i++) {
    const usual = (20 + ((i * 37) % 100) / 5) * factor;
    const latency = isFar(i) ? far : usual;
    const one = call({ id: `n/${i}`, to: 'orders', latency });
    stats.observe(one, Math.floor(i / 20));
    if (own) stats.fanout.observe(one, []);
  }
  return stats;
}
