import type { Call } from '../../calls/call.ts';
import type { FlowReading } from '../../calls/flow.ts';
import { type Capture, observationsOf } from '../../calls/observation.ts';
import { CaptureError } from '../../support/errors.ts';
import type { Progress } from '../../support/progress.ts';
import { type Boundaries, readBoundaries } from './boundaries.ts';
import { CallPages, type Edges } from './call-page.ts';
import { captureWindow } from './capture.ts';
import { connect } from './connect.ts';
import { DissectionWatch, dissectionOn, enableDissection } from './dissection.ts';
import { type ExportedPcap, exportPcap, type PcapRequest } from './export-pcap.ts';
import { readFlows } from './flows.ts';
import { HubClient } from './hub-client.ts';
import { scopeFilters } from './kfl.ts';
import type { KubesharkOptions, Window } from './options.ts';
import { OwnSnapshots } from './own-snapshots.ts';
import { askHub, checkTools } from './preflight.ts';
import { chooseRoute, routeInto } from './route.ts';
import { SameCluster } from './same-cluster.ts';
import { freeze, missingSnapshotTools, spanOfSnapshot } from './snapshot.ts';

export type { KubesharkOptions } from './options.ts';

/**
 * Finds Kubeshark by the options. Throws UsageError for options that can't be, CaptureError when
 * nobody answers a URL; a command is started when first asked.
 */
export async function openKubeshark(
  options: KubesharkOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<KubesharkSession> {
  scopeFilters(options);
  const transport = await connect(options, progress, signal);
  const own = options.deleteSnapshot ? new OwnSnapshots() : undefined;
  return new KubesharkSession(new HubClient(transport, signal, own), options, progress);
}

/** A connection to one Kubeshark: check it, prepare it, capture from it, close it. */
export class KubesharkSession {
  readonly #hub: HubClient;
  readonly #options: KubesharkOptions;
  readonly #progress: Progress;
  readonly #cluster: SameCluster;
  readonly #edges: { known?: Edges | undefined } = {};
  #watch: DissectionWatch | undefined;

  constructor(hub: HubClient, options: KubesharkOptions, progress: Progress) {
    this.#hub = hub;
    this.#options = options;
    this.#progress = progress;
    this.#cluster = new SameCluster(hub);
  }

  /**
   * Reachable, authorised, the tools there and, given a window, dissected or captured then.
   * Throws CaptureError with the remedy.
   */
  async preflight(window: Window | undefined = this.#ownWindow()): Promise<void> {
    await checkTools(this.#hub);
    if (window === undefined) return;
    const { route, snapshot } = this.#options;
    if (snapshot !== undefined) {
      await askHub(this.#hub, () => routeInto(this.#hub, snapshot, window));
      return;
    }
    await askHub(this.#hub, () => chooseRoute(this.#hub, route, window, this.#watch));
  }

  /**
   * Before the traffic: dissection on, and kept on until the capture. Throws CaptureError where it
   * can't be, unless a snapshot taken afterwards will do.
   */
  async prepare(): Promise<void> {
    await checkTools(this.#hub);
    await askHub(this.#hub, () => this.#cluster.check());
    if (this.#options.route === 'snapshot') return;
    await askHub(this.#hub, async () => {
      const { range } = await readBoundaries(this.#hub, 'get_l7_data_boundaries');
      if ((await dissectionOn(this.#hub)) !== false) return this.#watchOver(range);
      this.#progress.note('dissection was off: enabling it');
      try {
        await enableDissection(this.#hub);
        this.#watchOver(range);
      } catch (error) {
        const other = this.#options.route === 'auto';
        if (!other || (await missingSnapshotTools(this.#hub)).length > 0) throw error;
        this.#progress.note('dissection stays off: the calls will come from a snapshot');
      }
    });
  }

  /**
   * The window's calls, both ends included; nothing is asked before the first is. With `part`, only
   * that part's, as they are read with the whole window: parts that meet hold all of it.
   */
  capture(window: Window, part?: Window): Capture {
    const captured = captureWindow({
      hub: this.#hub,
      options: this.#options,
      window: { start: Math.floor(window.start), end: Math.ceil(window.end) },
      part,
      watch: this.#watch,
      cluster: this.#cluster,
      progress: this.#progress,
    });
    return { ...captured, source: 'calls' };
  }

  /** The same for who reads every window twice: late calls are not waited for, dissection must be on. */
  read(window: Window): Capture {
    const { end, start } = window;
    const request = {
      window: { start: Math.floor(start), end: Math.ceil(end) },
      settles: false,
      edges: this.#edges,
    };
    const [hub, options, progress] = [this.#hub, this.#options, this.#progress];
    return captureWindow({ hub, options, watch: undefined, progress, ...request });
  }

  /** The time that a snapshot holds; undefined where the Hub doesn't tell. Throws CaptureError. */
  async span(snapshot: string): Promise<Window | undefined> {
    return askHub(this.#hub, () => spanOfSnapshot(this.#hub, snapshot));
  }

  /** How many calls of the scope there are in a window now; undefined where the Hub's totals don't tell. */
  async count(window: Window): Promise<number | undefined> {
    const [kfl = []] = scopeFilters(this.#options);
    const { total, calls, truncated } = await askHub(this.#hub, () =>
      new CallPages(this.#hub, undefined).page({ ...window, kfl }, 1),
    );
    return truncated && total <= calls.length ? undefined : total;
  }

  /** From when to when dissected calls are held, Unix ms; undefined where the Hub doesn't say. */
  async held(): Promise<Boundaries | undefined> {
    const tool =
      this.#options.route === 'snapshot' ? 'get_data_boundaries' : 'get_l7_data_boundaries';
    return (await askHub(this.#hub, () => readBoundaries(this.#hub, tool))).range;
  }

  /** L4 as it is counted now; undefined where the Hub doesn't tell. */
  flows(now: number): Promise<FlowReading | undefined> {
    return askHub(this.#hub, () => readFlows(this.#hub, now));
  }

  /** Keeps the raw traffic of a window in a snapshot; gives its name. */
  async keep(window: Window): Promise<string> {
    if ((await missingSnapshotTools(this.#hub)).includes('create_snapshot')) {
      throw new CaptureError(`${this.#hub.transport.name} has no tool create_snapshot`);
    }
    const { name } = await askHub(this.#hub, () => freeze(this.#hub, window, this.#progress));
    return name;
  }

  /** The calls of the window that bear one of the ids. */
  async callsNamed(ids: ReadonlySet<string>, window: Window): Promise<Call[]> {
    const found: Call[] = [];
    for await (const seen of observationsOf(this.capture(window))) {
      if (seen.kind === 'call' && ids.has(seen.call.id)) found.push(seen.call);
    }
    return found;
  }

  /** Saves the packets of some calls' connections. Throws CaptureError with the reason why not. */
  exportPcap(request: PcapRequest): Promise<ExportedPcap> {
    const { snapshot } = this.#options;
    return askHub(this.#hub, () => exportPcap(this.#hub, { snapshot, ...request }, this.#progress));
  }

  /** Deletes its own snapshots where that was asked for, ends child processes and connections; safe to repeat. */
  async close(): Promise<void> {
    this.#watch?.stop();
    await this.#hub.own?.remove(this.#hub.transport, this.#progress);
    await this.#hub.transport.close();
  }

  #watchOver(held: Boundaries | undefined): void {
    this.#watch ??= new DissectionWatch(this.#hub, held);
  }

  #ownWindow(): Window | undefined {
    const { start, end } = this.#options;
    return start === undefined || end === undefined ? undefined : { start, end };
  }
}
