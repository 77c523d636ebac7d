import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../support/clock.ts';
import { CaptureError } from '../support/errors.ts';
import type { Progress } from '../support/progress.ts';
import type { Alert } from './alert.ts';
import type { AlertSeverity } from './alert-rule.ts';
import type { DetectorKind } from './detector.ts';
import type { ReadingOptions } from './measure/slot-reader.ts';
import type { SlotView } from './measure/slot-view.ts';
import { ScopeMonitor } from './scope.ts';
import type { MonitorSettings } from './settings.ts';
import type { Sink } from './sink.ts';
import type { SlotListener } from './slot-listener.ts';
import { lock } from './state/lock.ts';
import type { TrafficSource } from './traffic-source.ts';

/** After a failure the Hub is asked again so soon, ms; and no later than the next interval. */
const RETRY_MS = 30_000;
/** What waits in an outbox is looked at so often, ms. */
const DELIVERY_MS = 15_000;

export interface MonitorOptions {
  /** ms */
  readonly interval: number;
  readonly stateDir: string;
  readonly settings: MonitorSettings;
  readonly scopes: readonly {
    readonly name: string;
    readonly source: TrafficSource;
    /** Where only calls from and to these are watched. */
    readonly workload?: readonly string[] | undefined;
  }[];
  readonly kinds: readonly DetectorKind[];
  readonly sinks: readonly Sink[];
  readonly listeners: readonly SlotListener[];
  readonly reading: Omit<ReadingOptions, 'onCall'>;
  readonly snapshotOn: AlertSeverity | 'never';
  readonly notifyFrom: AlertSeverity;
  /** What is known already, for scopes that know nothing yet. */
  readonly begin?: (() => readonly SlotView[]) | undefined;
  /** Begin of the first slot where nothing is kept, Unix ms. */
  readonly start?: number | undefined;
  /** No slot that ends later is judged, Unix ms. */
  readonly end?: number | undefined;
  /** One pass over what is due, then stop. */
  readonly once: boolean;
  /** Stop after so long, ms. */
  readonly duration?: number | undefined;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface MonitorResult {
  readonly firing: readonly Alert[];
  /** Slots judged, and calls in them. */
  readonly judged: number;
  readonly calls: number;
}

/**
 * Watches until it is told to stop, or once. A Hub that can't be asked is waited for; with `once` it
 * throws CaptureError.
 */
export async function runMonitor(options: MonitorOptions): Promise<MonitorResult> {
  const { stateDir, clock, signal, once, end, duration } = options;
  const unlock = await lock(join(stateDir, 'lock'));
  try {
    await tellUnwatched(options);
    const scopes = await Promise.all(options.scopes.map((scope) => openScope(scope, options)));
    const until = duration === undefined ? Number.POSITIVE_INFINITY : clock.now() + duration;
    const watch = async () => {
      for (;;) {
        const now = end !== undefined && once ? Math.max(end, 0) : clock.now();
        let wake = Math.min(until, clock.now() + DELIVERY_MS);
        const failures: CaptureError[] = [];
        for (const scope of scopes) {
          const { next, failure } = await pass(scope, now, options);
          wake = Math.min(wake, next);
          if (failure) failures.push(failure);
        }
        if (once && failures[0]) throw failures[0];
        if (once || clock.now() >= until) return;
        await clock.sleep(Math.max(0, wake - clock.now()), signal);
      }
    };
    // To be told to stop is how watching ends: what was judged is on disk.
    await watch().catch((error) => {
      if (once || !signal.aborted) throw error;
    });
    return {
      firing: scopes.flatMap((scope) => scope.firing()),
      judged: scopes.reduce((sum, { judged }) => sum + judged, 0),
      calls: scopes.reduce((sum, { calls }) => sum + calls, 0),
    };
  } finally {
    await unlock();
  }
}

/**
 * Takes one scope as far as it goes now; gives when it is worth trying again, and why it went no
 * further, or can't keep what it knows.
 */
async function pass(
  scope: ScopeMonitor,
  now: number,
  options: MonitorOptions,
): Promise<{ readonly next: number; readonly failure?: CaptureError | undefined }> {
  const { once, progress, end } = options;
  try {
    if (once || scope.isDue(now)) await scope.advance(now, end);
    else await scope.refresh(now);
    return { next: scope.nextAt(now), failure: scope.unkept };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    await scope.blind(now, error);
    if (!once) progress.warn(`${scope.name}: ${error.message}`);
    return { next: now + RETRY_MS, failure: error };
  }
}

/** A scope that is configured no more, or under another name, leaves what fired there without an end. */
async function tellUnwatched({ stateDir, scopes, progress }: MonitorOptions): Promise<void> {
  const watched = new Set(scopes.map(({ name }) => name));
  const kept = await readdir(join(stateDir, 'scopes')).catch(() => []);
  for (const name of kept.sort()) {
    if (watched.has(name)) continue;
    progress.warn(
      `${name}: a scope of this name is kept and watched no more; what fires there is not resolved`,
    );
  }
}

async function openScope(
  { name, source, workload: watched }: MonitorOptions['scopes'][number],
  options: MonitorOptions,
): Promise<ScopeMonitor> {
  const dir = join(options.stateDir, 'scopes', name);
  const settings = watched ? { ...options.settings, watched } : options.settings;
  const scope = await ScopeMonitor.open({ ...options, settings, name, source, dir });
  if (scope.fresh) for (const view of options.begin?.() ?? []) await scope.begin(view);
  return scope;
}
