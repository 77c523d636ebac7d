import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubesharkTraffic } from '../../../src/commands/kubeshark-traffic.ts';
import type { Alert } from '../../../src/monitor/alert.ts';
import { DETECTORS } from '../../../src/monitor/detectors.ts';
import { runMonitor } from '../../../src/monitor/monitor.ts';
import { USUAL_SETTINGS } from '../../../src/monitor/settings.ts';
import type { SlotListener } from '../../../src/monitor/slot-listener.ts';
import { silent } from '../../../src/support/progress.ts';
import { VirtualClock } from '../../../test/monitor/accelerated.ts';
import { BEGIN } from '../../../test/monitor/world/time.ts';
import { SLOT } from '../../../test/monitor/world/world.ts';
import { HubChild } from './hub-child.ts';

export interface Replay {
  readonly seed: number;
  readonly kind: 'seeded' | 'quiet';
  /** ms of virtual time, and after the world's beginning when it begins. */
  readonly duration: number;
  readonly after: number;
  readonly listener?: SlotListener;
  /** Told of each alert as it is sent. */
  readonly sent?: (alert: Alert) => void;
}

export interface Replayed {
  /** In the order in which they were sent: firing, and resolved. */
  readonly alerts: readonly Alert[];
  readonly calls: number;
  readonly slots: number;
  /** ms on the wall, and of processor time of the monitor alone. */
  readonly took: number;
  readonly worked: number;
  /** Requests that the Hub served, by tool. */
  readonly served: ReadonlyMap<string, number>;
}

/** Runs the monitor against the stand-in of the Hub over HTTP, as fast as it goes. */
export async function replay({
  seed,
  kind,
  duration,
  after,
  listener,
  sent,
}: Replay): Promise<Replayed> {
  const serving = await HubChild.start(seed, kind);
  const begin = BEGIN + after;
  const clock = new VirtualClock(begin, serving.pass);
  await serving.pass(begin);
  const stateDir = await mkdtemp(join(tmpdir(), 'monitor-'));
  const { signal } = new AbortController();
  const options = { url: serving.url, route: 'live' as const };
  const source = new KubesharkTraffic(options, silent, signal);
  const alerts: Alert[] = [];
  const deliver = async (alert: Alert) => {
    alerts.push(alert);
    sent?.(alert);
  };
  const began = performance.now();
  const used = process.cpuUsage();
  try {
    const { judged, calls } = await runMonitor({
      interval: SLOT,
      stateDir,
      settings: USUAL_SETTINGS,
      scopes: [{ name: 'all', source }],
      kinds: DETECTORS,
      sinks: [{ name: 'memory', deliver }],
      listeners: listener ? [listener] : [],
      reading: {},
      snapshotOn: 'critical',
      notifyFrom: 'info',
      start: begin,
      once: false,
      duration: duration + SLOT,
      ...{ clock, progress: silent, signal },
    });
    const { user, system } = process.cpuUsage(used);
    const took = performance.now() - began;
    const served = await serving.served();
    return { alerts, calls, slots: judged, took, worked: (user + system) / 1000, served };
  } finally {
    await source.close();
    serving.close();
    await rm(stateDir, { recursive: true });
  }
}
