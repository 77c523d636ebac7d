import { expect, it } from 'vitest';
import { latencyBaseline } from '../../../../src/monitor/detect/latency/baseline.ts';
import { Hour } from '../../../../src/monitor/learned/hour.ts';
import type { Normal } from '../../../../src/monitor/learned/normal.ts';
import { learned } from '../../../../src/monitor/learned/usual.ts';
import { HOUR_MS, slotAt } from '../../../../src/monitor/slot.ts';
import { callAt } from '../../calls.ts';
import { noNormal } from '../../normal.ts';
import { viewOf } from '../../views.ts';

const START = Date.UTC(2026, 10, 2, 9);
const OPERATION = 'orders GET /orders/{id}';

/** An hour in which all calls took so long, ms. */
function hourOf(start: number, latency: number): Hour {
  const hour = new Hour(start);
  const calls = Array.from({ length: 100 }, (_, i) => callAt({ ts: start + i * 1_000, latency }));
  hour.add(viewOf(slotAt(start, HOUR_MS), calls));
  return hour;
}

it('what goes on is no part of what is normal where there are but the last hours', () => {
  const hours = [hourOf(START + HOUR_MS, 400), hourOf(START, 10)].map((hour) =>
    learned(hour, 1, OPERATION),
  );
  const normal: Normal = {
    ...noNormal,
    recent: () => hours,
    usual: () => ({
      likeness: 'recent',
      hours,
      callsAnHour: 100,
      failureShare: 0,
      rejectionShare: 0,
      calls: 200,
      latency: () => 10,
    }),
  };
  expect(latencyBaseline(normal, OPERATION)?.p95).toBeGreaterThan(300);
  expect(latencyBaseline(normal, OPERATION, START + HOUR_MS + 60_000)?.p95).toBeLessThan(12);
});
