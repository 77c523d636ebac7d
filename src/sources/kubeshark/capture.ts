import type { Batch, Capture, CaptureProblem, Observation } from '../../calls/observation.ts';
import type { Progress } from '../../support/progress.ts';
import { parseRecord } from '../record.ts';
import { CallPages, type Edges } from './call-page.ts';
import type { DissectionWatch } from './dissection.ts';
import { learnEdges } from './edges.ts';
import type { HubClient } from './hub-client.ts';
import { scopeFilters } from './kfl.ts';
import type { KubesharkOptions, Window } from './options.ts';
import { Pager } from './pager.ts';
import { askHub } from './preflight.ts';
import { chooseRoute, routeInto } from './route.ts';
import type { SameCluster } from './same-cluster.ts';
import { findScope } from './scope.ts';
import { settle } from './settle.ts';
import { dissect, takeSnapshot } from './snapshot.ts';
import { Undissected } from './undissected.ts';
import { WholeBodies } from './whole-bodies.ts';

/** Observations under way: enough to overlap the fetching of bodies. */
const ahead = 32;

interface Request {
  readonly hub: HubClient;
  readonly options: KubesharkOptions;
  readonly window: Window;
  /** What of the window is read, if not all: everything else is decided for the whole. */
  readonly part?: Window | undefined;
  /** Kept since before the window began, when the run was prepared. */
  readonly watch: DissectionWatch | undefined;
  /** Held against what it was at first, before the calls and behind them. */
  readonly cluster?: SameCluster;
  readonly progress: Progress;
  /**
   * Whether late calls of a window that just ended are waited for, and flows without calls looked into
   * (true). For who reads window after window, both would cost the Hub more than the calls do.
   */
  readonly settles?: boolean;
  /** How this Hub reads the ends of a window, kept from capture to capture. */
  readonly edges?: { known?: Edges | undefined };
}

/** The calls of a window. Nothing is asked before the first observation is. */
export function captureWindow(request: Request): Capture {
  const problems: CaptureProblem[] = [];
  const { window } = request;
  return { batches: observe(request, problems), problems, window };
}

async function* observe(request: Request, problems: CaptureProblem[]): AsyncGenerator<Batch> {
  const { hub, cluster } = request;
  if (cluster) await askHub(hub, () => cluster.check());
  const source = await askHub(hub, () => open(request, problems));
  const { pager, bodies, talk } = source;
  const { part } = request;
  const calls = pager.read(part ? within(part, source.window) : source.window, source.kfl);
  const pending: Promise<Observation>[] = [];
  let seen = 0;
  try {
    for (;;) {
      const { value: call, done } = await askHub(hub, () => calls.next());
      if (done) break;
      seen += 1;
      const observation = placed(parseRecord(call.record), call.ts);
      if (observation.kind === 'call') talk.add(observation.call);
      const whole = observation.kind === 'call' && bodies.wants(observation.call);
      const work = whole ? bodies.complete(call.record).then(parseRecord) : observation;
      pending.push(Promise.resolve(work));
      if (pending.length > ahead) yield [(await pending.shift()) as Observation];
    }
    yield await Promise.all(pending.splice(0));
  } finally {
    await Promise.allSettled([calls.return(undefined), ...pending]);
  }
  if (cluster) await askHub(hub, () => cluster.check());
  problems.push(...pager.ledger.problems(pager.announced), ...bodies.problems());
  const { pages, window, kfl } = source;
  if (request.settles !== false) {
    const { pages: count, bytes } = pages.cost;
    request.progress.note(`${seen} calls in ${count} pages, about ${megabytes(bytes)} MB`);
  }
  const none =
    seen === 0 && (!part || (await askHub(hub, () => pages.count({ ...window, kfl }))) === 0);
  // What a part lacks others may hold: the first one asks for them all.
  const asks = !part || (part.start <= window.start && !none);
  if (source.live && request.settles !== false && asks) {
    problems.push(
      ...(await askHub(hub, () => talk.problems(hub, pages, window, request.options, !part))),
    );
  }
  if (none && !problems.some(({ code }) => code === 'no-calls')) problems.push(noCalls);
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

/** A record that can't be read stands where it was listed. */
function placed(observation: Observation, ts: number): Observation {
  return observation.kind === 'bad' ? { ...observation, ts } : observation;
}

function within(part: Window, whole: Window): Window {
  const start = Math.max(part.start, whole.start);
  return { start, end: Math.max(start, Math.min(part.end, whole.end)) };
}

const noCalls: CaptureProblem = {
  code: 'no-calls',
  message:
    'no calls in the window, with or without the filter: was there traffic, are the pods ' +
    'targeted by Kubeshark, did its workers run?',
};

async function open(
  { hub, options, window, part, watch, progress, settles = true, edges = {} }: Request,
  problems: CaptureProblem[],
) {
  const dialects = scopeFilters(options);
  const { snapshot } = options;
  const route =
    snapshot === undefined
      ? await chooseRoute(hub, options.route, window, watch)
      : await routeInto(hub, snapshot, window);
  problems.push(...route.problems);
  const live = route.by === 'live';
  const db = live ? undefined : await databaseOf(hub, snapshot, route.window, progress);
  const pages = new CallPages(hub, db);
  if (live && settles) {
    const query = { ...route.window, kfl: dialects[0] ?? [] };
    if (!(await settle(pages, query, route.recent, hub.signal))) {
      progress.warn('calls of the window still arrive; some may be missed');
    }
  }
  const scope = await findScope(pages, route.window, dialects);
  problems.push(...scope.problems);
  if (edges.known) pages.edges = edges.known;
  else edges.known = await learnEdges(pages, route.window, scope.kfl);
  return {
    live,
    pages,
    window: route.window,
    kfl: scope.kfl,
    pager: new Pager(pages, hub.parallel * 2, progress),
    bodies: await WholeBodies.of(hub, db, part && route.window),
    talk: new Undissected(),
  };
}

function databaseOf(
  hub: HubClient,
  snapshot: string | undefined,
  window: Window,
  progress: Progress,
): Promise<string> {
  if (snapshot === undefined) return takeSnapshot(hub, window, progress);
  return dissect(hub, snapshot, progress);
}
