import { setTimeout as sleep } from 'node:timers/promises';
import { toolDefinitions } from './definitions.ts';
import { FaultDice } from './faults.ts';
import { flowSummary, listFlows } from './flows.ts';
import { defaults, type HubOptions, type Range } from './hub-options.ts';
import { Jobs } from './jobs.ts';
import { type Arguments, cut, listCalls, matchingCalls } from './list-calls.ts';
import { MovingRecording } from './moving-recording.ts';
import { pcapOf } from './pcap.ts';
import type { HubRecord } from './record.ts';
import { Recording } from './recording.ts';
import { ToolError } from './tool-error.ts';

/** An answer as text, or the connection closed without one. */
export type Answer =
  | { readonly kind: 'result'; readonly text: string }
  | { readonly kind: 'error'; readonly status: number; readonly text: string }
  | { readonly kind: 'dropped' };

/** Kubeshark's Hub as its documents describe it, over a recorded capture. */
export class Hub {
  readonly options: HubOptions;
  /** What is served, unless time moves. */
  readonly recording: Recording;
  readonly #records: Pick<Recording, 'records'>;
  /** Tool calls served, by tool. */
  readonly served = new Map<string, number>();
  readonly #jobs: Jobs;
  readonly #dice: FaultDice;
  #dissection: boolean;
  /** Since when dissection is off, Unix ms. */
  #offSince: number;
  #undissected: Range[];
  #firstQuestion: number | undefined;
  #lastPage: unknown;

  constructor(
    source: string | readonly HubRecord[] | MovingRecording,
    options: Partial<HubOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
    const moving = source instanceof MovingRecording;
    const traits = { ...this.options, seed: this.options.faults.seed };
    this.recording = new Recording(moving ? [] : source, traits);
    this.#records = moving ? source : this.recording;
    this.#jobs = new Jobs(this.options);
    this.#dice = new FaultDice(this.options.faults);
    this.#dissection = this.options.dissection;
    this.#offSince = this.#dissection ? Infinity : -Infinity;
    this.#undissected = [...this.options.capture.undissected];
  }

  tools() {
    return toolDefinitions(this.options);
  }

  /** Serves one tool call, with whatever fault falls to it. */
  async call(name: string, args: Arguments): Promise<Answer> {
    this.served.set(name, (this.served.get(name) ?? 0) + 1);
    const fault = this.#dice.next(`${name} ${JSON.stringify(args)}`);
    if (fault === 'dropped') return { kind: 'dropped' };
    if (fault === 'unavailable') {
      return { kind: 'error', status: 503, text: 'upstream connect error' };
    }
    if (fault === 'garbage') return { kind: 'result', text: '<html>{"calls":[' };
    if (fault === 'slow') await sleep(this.options.faults.slowBy);
    try {
      let result = this.#serve(name, args);
      if (name === 'list_api_calls') {
        if (fault === 'repeated' && this.#lastPage) result = this.#lastPage;
        if (fault === 'lying') result = { ...(result as object), total: 1, truncated: false };
        this.#lastPage = result;
      }
      return { kind: 'result', text: JSON.stringify(result) };
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return {
        kind: 'error',
        status: error.status,
        text: JSON.stringify({ error: error.message }),
      };
    }
  }

  /** The bytes of a file that a tool named. Throws ToolError. */
  file(path: string): Buffer {
    const { pathname, searchParams } = new URL(path, 'http://hub');
    const [, id] = /^\/mcp\/snapshots\/([^/]+)\/pcap$/.exec(pathname) ?? [];
    if (id === undefined) throw new ToolError(404, 'not found');
    const records = this.#jobs.snapshotRecords(decodeURIComponent(id));
    return pcapOf(records, Object.fromEntries(searchParams));
  }

  #serve(name: string, args: Arguments): unknown {
    if (!this.tools().some((tool) => tool.name === name)) {
      throw new ToolError(404, `unknown tool: ${name}`);
    }
    const old = Object.keys(args).find((argument) => argument in this.options.renamed);
    if (old !== undefined) throw new ToolError(400, `unknown argument: ${old}`);
    if (name === this.options.detailTool) return this.#detail(args);
    switch (name) {
      case 'list_api_calls':
        return listCalls(this.#database(args), args, this.options);
      case 'get_api_stats':
        return this.#stats(args);
      case 'list_l4_flows':
        return listFlows(this.#all(), this.options.flows, args);
      case 'get_l4_flow_summary':
        return flowSummary(this.#all(), this.options.flows);
      case 'get_data_boundaries':
        return boundaries(this.#all(), this.options.boundaries);
      case 'get_l7_data_boundaries':
        return {
          ...boundaries(this.#live(), this.options.l7Boundaries),
          dissection_enabled: this.#dissection,
        };
      case 'get_dissection_status':
        return { enabled: this.#dissection, dissection_enabled: this.#dissection };
      case 'enable_dissection':
        this.#switch(true);
        return { success: true, enabled: true };
      case 'disable_dissection':
        this.#switch(false);
        return { success: true, enabled: false };
      case 'create_snapshot':
        return this.#jobs.createSnapshot(args, this.#readable(this.#all()), this.#raw());
      case 'list_snapshots':
        return this.#jobs.listSnapshots();
      case 'get_snapshot':
        return this.#jobs.getSnapshot(args);
      case 'delete_snapshot':
        return this.#jobs.deleteSnapshot(args);
      case 'start_snapshot_dissection':
        return this.#jobs.startDissection(args);
      case 'export_snapshot_pcap':
        return this.#jobs.exportPcap(args);
      case 'get_snapshot_dissection_status':
        return this.#jobs.dissectionStatus(args);
      default:
        return this.#jobs.listDissections(args);
    }
  }

  #all(): readonly HubRecord[] {
    return this.#records.records(true);
  }

  #raw(): Range {
    return boundaries(this.#all(), this.options.boundaries).cluster;
  }

  #readable(records: readonly HubRecord[]): readonly HubRecord[] {
    const { encrypted } = this.options.capture;
    if (encrypted.length === 0) return records;
    return records.filter(({ dst }) => !encrypted.includes(dst.svc ?? ''));
  }

  /** Calls of the time that dissection is off are not dissected afterwards, but for those before the first time it is switched on. */
  #switch(on: boolean): void {
    if (on === this.#dissection) return;
    this.#dissection = on;
    if (on && Number.isFinite(this.#offSince)) {
      this.#undissected.push({ oldest_ts: this.#offSince, newest_ts: Date.now() });
    }
    this.#offSince = on ? Infinity : Date.now();
  }

  #live(): readonly HubRecord[] {
    if (this.#offSince === -Infinity) return [];
    this.#firstQuestion ??= performance.now();
    const late = performance.now() - this.#firstQuestion >= this.options.lateBy;
    const records = this.#readable(this.#records.records(late));
    if (this.#dissection && this.#undissected.length === 0) return records;
    return records.filter(
      ({ ts }) =>
        ts < this.#offSince &&
        !this.#undissected.some(({ oldest_ts, newest_ts }) => ts >= oldest_ts && ts <= newest_ts),
    );
  }

  #database(args: Arguments): readonly HubRecord[] {
    return typeof args.db === 'string' ? this.#jobs.database(args.db) : this.#live();
  }

  #stats(args: Arguments) {
    const matching = matchingCalls(this.#database(args), args, this.options);
    return { total_calls: matching.length };
  }

  #detail(args: Arguments) {
    const record = this.#database(args).find(
      ({ id, node_id }) => id === args.id && (!args.node_id || node_id === args.node_id),
    );
    if (!record) throw new ToolError(404, `call not found: ${String(args.id)}`);
    const size = Number(args.max_payload_size ?? 65536);
    const body = (value: unknown) => (typeof value === 'string' ? cut(value, size) : value);
    const { req_body, resp_body, ...entry } = record;
    const longest = Math.max(length(req_body), length(resp_body));
    return {
      entry,
      req_body: body(req_body),
      resp_body: body(resp_body),
      truncated: longest > size,
      l4_flow: null,
      l4_conn: null,
    };
  }
}

const length = (value: unknown) => (typeof value === 'string' ? Buffer.byteLength(value) : 0);

function boundaries(records: readonly HubRecord[], given: Range | undefined) {
  const cluster = given ?? {
    oldest_ts: records[0]?.ts ?? 0,
    newest_ts: records.at(-1)?.ts ?? 0,
  };
  const nodes = [...new Set(records.slice(0, 1000).map((record) => record.node_id))];
  return { cluster, nodes: nodes.map((node) => ({ node, ...cluster })) };
}
