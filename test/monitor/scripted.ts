import type { Call } from '../../src/calls/call.ts';
import type { Batch, Capture } from '../../src/calls/observation.ts';
import type { Alert } from '../../src/monitor/alert.ts';
import { DETECTORS } from '../../src/monitor/detectors.ts';
import { type MonitorOptions, type MonitorResult, runMonitor } from '../../src/monitor/monitor.ts';
import { USUAL_SETTINGS } from '../../src/monitor/settings.ts';
import type { Slot } from '../../src/monitor/slot.ts';
import type { TrafficSource } from '../../src/monitor/traffic-source.ts';
import { silent } from '../../src/support/progress.ts';

/** A source whose calls are made up as they are asked for. */
export function scripted(
  calls: (window: Slot) => readonly Call[],
  ask: () => void = () => {},
): TrafficSource {
  const inside = (window: Slot) =>
    calls(window)
      .filter(({ ts }) => ts >= window.start && ts <= window.end)
      .toSorted((a, b) => a.ts - b.ts);
  async function* observe(window: Slot): AsyncGenerator<Batch> {
    ask();
    for (const call of inside(window)) yield [{ kind: 'call', call }];
  }
  return {
    capture: (window): Capture => ({ batches: observe(window), problems: [], window }),
    count: async (window) => inside(window).length,
    held: async () => {
      ask();
      return undefined;
    },
    flows: async () => undefined,
    keep: async () => 'snapshot',
    close: async () => {},
  };
}

type Given = Pick<MonitorOptions, 'stateDir' | 'scopes' | 'clock'> & Partial<MonitorOptions>;

/** The engine with all its detectors; gives what was sent besides. */
export async function engine(
  given: Given,
): Promise<
  MonitorResult & { readonly alerts: readonly Alert[]; readonly warned: readonly string[] }
> {
  const alerts: Alert[] = [];
  const warned: string[] = [];
  const result = await runMonitor({
    interval: 300_000,
    settings: USUAL_SETTINGS,
    kinds: DETECTORS,
    sinks: [{ name: 'memory', deliver: async (alert) => void alerts.push(alert) }],
    listeners: [],
    reading: {},
    snapshotOn: 'never',
    notifyFrom: 'info',
    once: false,
    progress: { ...silent, warn: (line) => void warned.push(line) },
    signal: new AbortController().signal,
    ...given,
  });
  return { ...result, alerts, warned };
}
