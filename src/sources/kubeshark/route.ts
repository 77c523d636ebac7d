import type { CaptureProblem } from '../../calls/observation.ts';
import { CaptureError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';
import { iso } from '../../support/quantity.ts';
import { type Boundaries, readBoundaries, uncovered } from './boundaries.ts';
import { type DissectionWatch, dissectionOn } from './dissection.ts';
import type { HubClient } from './hub-client.ts';
import type { KubesharkOptions, Window } from './options.ts';
import { missingSnapshotTools, spanOfSnapshot } from './snapshot.ts';

export interface Route {
  readonly by: 'live' | 'snapshot';
  readonly window: Window;
  /** Whether calls of the window may still be arriving. */
  readonly recent: boolean;
  readonly problems: readonly CaptureProblem[];
}

/**
 * Decides where to read the window from: what was dissected live if it covers the window, else a
 * snapshot of the raw capture. `watch`: dissection was on before the window began, and watched since.
 * Throws CaptureError when the route asked for can't have the window.
 */
export async function chooseRoute(
  hub: HubClient,
  wanted: KubesharkOptions['route'],
  window: Window,
  watch: Watch | undefined,
): Promise<Route> {
  const live = wanted === 'snapshot' ? undefined : await tryLive(hub, window, watch);
  if (live?.route && live.route.problems.length === 0) return live.route;
  const frozen = wanted === 'live' ? undefined : await trySnapshot(hub, window);
  if (frozen?.route && (!live?.route || frozen.route.problems.length === 0)) return frozen.route;
  if (live?.route) return live.route;
  throw (live ?? frozen)?.error ?? new CaptureError('no route to the calls');
}

/** The part of the window that a snapshot holds. Throws CaptureError when it holds none of it. */
export async function routeInto(hub: HubClient, name: string, window: Window): Promise<Route> {
  const span = await spanOfSnapshot(hub, name);
  const range = span && { oldest: span.start, newest: span.end };
  const { route, error } = covered('snapshot', `the snapshot ${visible(name)}`, window, range);
  if (!route) throw error ?? new CaptureError('no route to the calls');
  if (!span) return { ...route, recent: false };
  const start = Math.max(window.start, span.start);
  const end = Math.min(window.end, span.end);
  return { ...route, window: { start, end }, recent: false };
}

interface Attempt {
  readonly route?: Route;
  readonly error?: CaptureError;
}

type Watch = Pick<DissectionWatch, 'foundOff' | 'heldBefore'>;

async function tryLive(hub: HubClient, window: Window, watch: Watch | undefined): Promise<Attempt> {
  const { range } = await readBoundaries(hub, 'get_l7_data_boundaries');
  const off = (await dissectionOn(hub)) === false;
  if (watch) return watched(covered('live', 'dissected calls', window, range, watch), watch, off);
  if (off) {
    return {
      error: new CaptureError(`Dissection is off: ${hub.transport.name} has no calls to list`, {
        hint:
          'switch it on before the traffic (--run does so; or the tool enable_dissection), or ' +
          'use --route snapshot for traffic of the past',
      }),
    };
  }
  return covered('live', 'dissected calls', window, range);
}

/** A run during which dissection was seen off lacks the calls of that time. */
function watched(attempt: Attempt, { foundOff }: Watch, off: boolean): Attempt {
  if (!attempt.route || (!off && foundOff === undefined)) return attempt;
  const when = foundOff === undefined ? 'before the window ended' : `before ${iso(foundOff)}`;
  const message = `dissection was on when the run began and went off ${when}: calls are missing`;
  const problems = [...attempt.route.problems, { code: 'dissection-off' as const, message }];
  return { route: { ...attempt.route, problems } };
}

async function trySnapshot(hub: HubClient, window: Window): Promise<Attempt> {
  const missing = await missingSnapshotTools(hub);
  if (missing.length > 0) {
    const message = `${hub.transport.name} lacks the tools for snapshots: ${missing.join(', ')}`;
    return {
      error: new CaptureError(message, {
        hint: 'enable raw capture and snapshots in Kubeshark (tap.snapshots), or use --route live',
      }),
    };
  }
  const { range } = await readBoundaries(hub, 'get_data_boundaries');
  const attempt = covered('snapshot', 'raw capture', window, range);
  if (!attempt.route || range === undefined) return attempt;
  const held = {
    start: Math.max(window.start, Math.floor(range.oldest)),
    end: Math.min(window.end, Math.ceil(range.newest)),
  };
  return { route: { ...attempt.route, window: held } };
}

function covered(
  by: Route['by'],
  what: string,
  window: Window,
  range: Boundaries | undefined,
  watch?: Watch,
): Attempt {
  if (range === undefined) return { route: { by, window, recent: true, problems: [] } };
  const recent = range.newest < window.end + 60_000;
  const { none, ...lacking } = uncovered(window, range);
  // Before a run's first call there is nothing to hold; what was there before is gone by eviction.
  const evicted = watch?.heldBefore !== undefined && range.oldest > watch.heldBefore.oldest;
  const head = watch && !evicted ? 0 : lacking.head;
  const tail = watch ? 0 : lacking.tail;
  const asked = `${iso(window.start)} to ${iso(window.end)}`;
  const held = `${iso(range.oldest)} to ${iso(range.newest)}`;
  const outside = `The window ${asked} is outside of what the Hub holds (${what} from ${held})`;
  if (none && !watch) {
    return {
      error: new CaptureError(outside, {
        hint: 'choose --start and --end inside, or capture while the traffic runs (--run)',
      }),
    };
  }
  if (head === 0 && tail === 0) return { route: { by, window, recent, problems: [] } };
  const lacks = [
    head > 0 ? `its first ${Math.round(head / 1000)} s` : '',
    tail > 0 ? `its last ${Math.round(tail / 1000)} s` : '',
  ].filter((part) => part !== '');
  const message = `the window ${asked} lacks ${lacks.join(' and ')}: the Hub holds ${what} from ${held}`;
  return { route: { by, window, recent, problems: [{ code: 'outside-boundaries', message }] } };
}
