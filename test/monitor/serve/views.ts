import type { Alert } from '../../../src/monitor/alert.ts';
import { OperationMeasure } from '../../../src/monitor/measure/operation-measure.ts';
import type { SlotView } from '../../../src/monitor/measure/slot-view.ts';
import type { JudgedSlot } from '../../../src/monitor/slot-listener.ts';
import { normal } from '../../support/judged-slots.ts';
import { slot } from '../alerts/signals.ts';

/** Calls of a workload in a slot, of which some failed; each took so long, ms. */
export interface Load {
  readonly workload: string;
  readonly calls: number;
  readonly failures?: number;
  readonly latency?: number;
}

/** A slot as it is told to listeners. */
export function judged(
  index: number,
  loads: readonly Load[],
  firing: readonly Alert[] = [],
): JudgedSlot {
  const operations = new Map(
    loads.map(({ workload, calls, failures = 0, latency = 20 }) => {
      const operation = `${workload} GET /`;
      const measure = new OperationMeasure({
        operation,
        workload,
        protocol: 'http',
        mutation: false,
      });
      measure.calls = calls;
      measure.failures = failures;
      measure.latency.add(latency, calls - failures);
      return [operation, measure];
    }),
  );
  // Listeners that measure look at nothing else of it.
  const view = { slot: slot(index), operations } as unknown as SlotView;
  return {
    scope: 'shop',
    view,
    firing,
    changed: [],
    normal: { ...normal(undefined), days: 1.75, words: '1.8 of 7 days' },
    lag: 4_500,
  };
}
