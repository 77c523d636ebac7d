import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { KubesharkTraffic } from '../../src/commands/kubeshark-traffic.ts';
import type { Alert } from '../../src/monitor/alert.ts';
import { DETECTORS } from '../../src/monitor/detectors.ts';
import { runMonitor } from '../../src/monitor/monitor.ts';
import { USUAL_SETTINGS } from '../../src/monitor/settings.ts';
import type { SlotListener } from '../../src/monitor/slot-listener.ts';
import { silent } from '../../src/support/progress.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { type StandIn, standIn, VirtualClock } from './accelerated.ts';
import { SLOT, type World } from './world/world.ts';

export interface Watch {
  readonly world: World;
  readonly begin: number;
  /** ms of virtual time. */
  readonly duration: number;
  readonly retention?: number;
  readonly hub?: Partial<HubOptions>;
  readonly tokenFile?: string;
  readonly listener?: SlotListener;
  /** Told of the time that passes, to break the stand-in or mend it. */
  readonly passing?: (now: number, serving: StandIn) => Promise<void> | void;
}

export interface Watched {
  readonly alerts: readonly Alert[];
  readonly slots: number;
  readonly calls: number;
  /** What was learned: by file of the state directory. */
  readonly learned: ReadonlyMap<string, string>;
}

/** A monitor in this process, over the stand-in, in virtual time. */
export async function watch(given: Watch): Promise<Watched> {
  const { world, begin, duration, retention, passing, tokenFile, listener } = given;
  const clock = new VirtualClock(begin, (now) => passing?.(now, serving));
  const held = { begin, ...(retention !== undefined && { retention }) };
  const serving = await standIn(world, clock.now, held, given.hub);
  const stateDir = await mkdtemp(join(tmpdir(), 'watch-'));
  const { signal } = new AbortController();
  const options = { url: serving.url, route: 'live' as const, tokenFile };
  const source = new KubesharkTraffic(options, silent, signal);
  const alerts: Alert[] = [];
  try {
    const { judged, calls } = await runMonitor({
      interval: SLOT,
      stateDir,
      settings: USUAL_SETTINGS,
      scopes: [{ name: 'all', source }],
      kinds: DETECTORS,
      sinks: [{ name: 'memory', deliver: async (alert) => void alerts.push(alert) }],
      listeners: listener ? [listener] : [],
      reading: {},
      snapshotOn: 'never',
      notifyFrom: 'info',
      start: begin,
      once: false,
      ...{ duration, clock, progress: silent, signal },
    });
    return { alerts, slots: judged, calls, learned: await learnedIn(stateDir) };
  } finally {
    await source.close();
    await serving.close();
    await rm(stateDir, { recursive: true });
  }
}

/** What a state directory has learned of traffic, by file; of the state itself the part about that. */
export async function learnedIn(stateDir: string): Promise<Map<string, string>> {
  const scope = join(stateDir, 'scopes', 'all');
  const hours = join(scope, 'hours');
  const files = new Map<string, string>();
  for (const name of (await readdir(hours)).sort()) {
    files.set(name, (await readFile(join(hours, name))).toString('base64'));
  }
  const state = JSON.parse(
    zstdDecompressSync(await readFile(join(scope, 'state.json.zst'))).toString(),
  );
  const { learned, learnedTo, judgedTo, rollouts, collapsed } = state;
  files.set('state', JSON.stringify({ learned, learnedTo, judgedTo, rollouts, collapsed }));
  return files;
}
