import type { Call } from '../../src/calls/call.ts';
import { OperationNaming } from '../../src/monitor/measure/operation-naming.ts';
import { SlotReader } from '../../src/monitor/measure/slot-reader.ts';
import type { SlotView } from '../../src/monitor/measure/slot-view.ts';
import type { Slot } from '../../src/monitor/slot.ts';

/** What a slot's calls showed, measured as the monitor measures them. */
export function viewOf(
  slot: Slot,
  calls: readonly Call[],
  rest: Partial<Pick<SlotView, 'problems' | 'flows'>> = {},
): SlotView {
  const reader = new SlotReader(slot, new OperationNaming());
  for (const call of calls.toSorted((a, b) => a.ts - b.ts)) reader.push({ kind: 'call', call });
  return reader.finish({ problems: [], flows: undefined, ...rest });
}
