import { DETECTORS } from '../monitor/detectors.ts';
import { type MonitorOptions, runMonitor } from '../monitor/monitor.ts';
import { viewOfProfile } from '../monitor/profile-view.ts';
import type { Sink } from '../monitor/sink.ts';
import { openSinks } from '../monitor/sinks/index.ts';
import { copyOf } from '../profile/copy.ts';
import { wallClock } from '../support/clock.ts';
import { ExitCode, UsageError } from '../support/errors.ts';
import { type Progress, silent } from '../support/progress.ts';
import { grouped } from '../support/quantity.ts';
import { alertLines } from './alert-lines.ts';
import type { CommandIO, Outcome } from './command.ts';
import { findBaseline } from './find-baseline.ts';
import { KubesharkTraffic } from './kubeshark-traffic.ts';
import { openListeners } from './monitor-listeners.ts';
import { summariesFor } from './monitor-summaries.ts';
import type { Inputs } from './options.ts';

const DEFAULT_INTERVAL_MS = 300_000;
const LEAST_INTERVAL_MS = 10_000;

/** Watches traffic: judges every interval as it ends, alerts, learns. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const interval = intervalOf(inputs);
  refuse(inputs);
  const sources = scopesOf(inputs).map((scope) => ({
    name: scope.name,
    workload: scope.workload,
    source: new KubesharkTraffic(kubesharkOptions(inputs, scope), quiet(io.progress), io.signal),
  }));
  const { settings } = inputs.monitor;
  const summaries = summariesFor(inputs, io);
  try {
    const result = await runMonitor({
      interval,
      stateDir: inputs.state,
      settings: { ...settings, limits: limitsOf(inputs) },
      scopes: sources,
      kinds: DETECTORS,
      sinks: await sinksOf(inputs, interval, io),
      listeners: [...summaries.listeners, ...(await openListeners(inputs, interval, io))],
      reading: { identity: inputs.identity, redact: inputs.redact },
      snapshotOn: inputs.snapshotOn,
      notifyFrom: inputs.notifyFrom,
      begin: await beginning(inputs, io),
      start: inputs.start ?? windowStart(inputs),
      end: inputs.end,
      once: inputs.once,
      duration: inputs.for,
      clock: wallClock,
      progress: io.progress,
      signal: io.signal,
    });
    return { ...outcomeOf(result, inputs, io), summaries: summaries.end() };
  } finally {
    await Promise.allSettled(sources.map(({ source }) => source.close()));
  }
}

function outcomeOf(
  { firing, judged, calls }: Awaited<ReturnType<typeof runMonitor>>,
  inputs: Inputs,
  io: CommandIO,
): Outcome {
  io.progress.note(
    `${grouped(judged)} intervals with ${grouped(calls)} calls judged; ${grouped(firing.length)} alerts fire`,
  );
  const told = (exitCode: ExitCode): Outcome => ({ exitCode, alerts: firing });
  if (!inputs.once) return told(ExitCode.pass);
  const critical = firing.some(({ severity, silenced }) => severity === 'critical' && !silenced);
  if (critical) return told(ExitCode.fail);
  return told(judged > 0 && calls === 0 ? ExitCode.inconclusive : ExitCode.pass);
}

async function sinksOf(inputs: Inputs, interval: number, io: CommandIO): Promise<Sink[]> {
  const { alertmanager = [], webhook = [], webhookSecret, slack = [], githubIssues } = inputs;
  const sinks = [
    alertLines(inputs.json, io.out),
    ...openSinks({ alertmanager, webhook, webhookSecret, slack, interval }),
  ];
  if (githubIssues === undefined) return sinks;
  if (!io.openIssues) throw new UsageError('--github-issues: issues can not be opened from here');
  return [...sinks, await io.openIssues(githubIssues)];
}

/** What a baseline of the gate teaches, made anew for each scope. */
async function beginning(inputs: Inputs, io: CommandIO): Promise<MonitorOptions['begin']> {
  if (inputs.baseline === undefined) return undefined;
  const { windows } = await findBaseline(inputs.baseline, inputs, io);
  return () =>
    windows.flatMap((window) => {
      const view = viewOfProfile(copyOf(window));
      return view ? [view] : [];
    });
}

function intervalOf({ interval = DEFAULT_INTERVAL_MS }: Inputs): number {
  if (interval >= LEAST_INTERVAL_MS) return interval;
  throw new UsageError('--interval: a monitor needs at least 10s', {
    hint: 'calls arrive late, and shorter intervals hold too few of them',
  });
}

function windowStart({ once, window, end, interval = DEFAULT_INTERVAL_MS }: Inputs) {
  if (window === undefined) return undefined;
  if (!once) {
    throw new UsageError('--window goes with --once only', {
      hint: '--for says how long to watch, --interval how often to judge',
    });
  }
  const last = end ?? Math.floor(Date.now() / interval) * interval - 1;
  return last + 1 - window;
}

function refuse({ once, end, for: duration }: Inputs): void {
  if (once && duration !== undefined) throw new UsageError('--once does not go with --for');
  if (!once && end !== undefined) {
    throw new UsageError('--end goes with --once only', { hint: '--for says how long to watch' });
  }
}

function limitsOf({ maxErrorShare, maxLatency }: Inputs) {
  return {
    ...(maxErrorShare !== undefined && { errorShare: maxErrorShare }),
    ...(maxLatency !== undefined && { latency: maxLatency }),
  };
}

type Scope = Inputs['monitor']['scopes'][number];

function scopesOf({ monitor, namespace, workload, kfl }: Inputs): readonly Scope[] {
  const [first] = monitor.scopes;
  if (!first) return [{ name: 'all', namespace, workload, kfl }];
  if ((namespace ?? workload ?? kfl) === undefined) return monitor.scopes;
  throw new UsageError(
    'monitor.scopes says what is watched: leave out namespace, workload and kfl',
  );
}

function kubesharkOptions(inputs: Inputs, { namespace, workload, kfl }: Scope) {
  return {
    command: inputs.kubesharkCommand,
    url: inputs.kubesharkUrl,
    token: inputs.kubesharkToken,
    tokenFile: inputs.kubesharkTokenFile,
    namespace,
    workload,
    kfl,
    // A snapshot every interval would fill the Hub's disk: that must be asked for.
    route: inputs.route === 'auto' ? ('live' as const) : inputs.route,
  };
}

/** A bar for each interval's calls would fill the log. */
function quiet(progress: Progress): Progress {
  return { ...silent, note: (line) => progress.note(line), warn: (line) => progress.warn(line) };
}
