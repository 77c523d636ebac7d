import type { HubOptions, Range } from './hub-options.ts';
import type { Arguments } from './list-calls.ts';
import type { HubRecord } from './record.ts';
import { ToolError } from './tool-error.ts';

interface Job {
  readonly name: string;
  polls: number;
}

interface Snapshot extends Job {
  readonly records: readonly HubRecord[];
  readonly range: Range;
  readonly dissections: Map<string, Job>;
}

/** Snapshots and their dissections: asked for, then polled until they are done. */
export class Jobs {
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #options: HubOptions;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  createSnapshot(args: Arguments, records: readonly HubRecord[], raw: Range) {
    const range = requestedRange(args, raw);
    if (range.newest_ts < raw.oldest_ts || range.oldest_ts > raw.newest_ts) {
      throw new ToolError(400, 'requested time range is outside of the data boundaries');
    }
    const name = String(args.name ?? `snapshot-${this.#snapshots.size + 1}`);
    if (this.#snapshots.has(name)) throw new ToolError(409, `snapshot ${name} already exists`);
    this.#snapshots.set(name, {
      name,
      polls: 0,
      range,
      dissections: new Map(),
      records: records.filter(({ ts }) => ts >= range.oldest_ts && ts <= range.newest_ts),
    });
    return { success: true, name, status: 'in_progress' };
  }

  getSnapshot(args: Arguments) {
    const snapshot = this.#snapshot(args.name ?? args.id);
    return { ...this.#describe(snapshot), status: this.#poll(snapshot, 'snapshot') };
  }

  deleteSnapshot(args: Arguments) {
    const { name } = this.#snapshot(args.name ?? args.id);
    this.#snapshots.delete(name);
    return { success: true, name };
  }

  listSnapshots() {
    const snapshots = [...this.#snapshots.values()].map((one) => ({
      ...this.#describe(one),
      status: this.#status(one, 'snapshot'),
    }));
    return { snapshots, total: snapshots.length };
  }

  startDissection(args: Arguments) {
    const snapshot = this.#snapshot(args.snapshot);
    if (this.#status(snapshot, 'snapshot') !== 'completed') {
      throw new ToolError(409, `snapshot ${snapshot.name} is not completed`);
    }
    const name = String(args.name ?? 'default');
    if (snapshot.dissections.has(name)) {
      throw new ToolError(409, `dissection ${name} already exists`);
    }
    snapshot.dissections.set(name, { name, polls: 0 });
    return { success: true, snapshot: snapshot.name, name, status: 'pending' };
  }

  dissectionStatus(args: Arguments) {
    const snapshot = this.#snapshot(args.snapshot);
    const job = snapshot.dissections.get(String(args.name ?? 'default'));
    if (!job) throw new ToolError(404, `no dissection ${String(args.name)}`);
    const status = this.#poll(job, 'dissection');
    const progress = Math.min(1, job.polls / (this.#options.jobPolls + 1));
    return { snapshot: snapshot.name, name: job.name, status, progress };
  }

  listDissections(args: Arguments) {
    const dissections = [...this.#snapshot(args.snapshot).dissections.values()].map((job) => ({
      name: job.name,
      status: this.#status(job, 'dissection'),
    }));
    return { dissections, total: dissections.length };
  }

  /** Records of `SNAPSHOT/DISSECTION`. */
  database(db: string): readonly HubRecord[] {
    const [name = '', dissection = ''] = db.split('/');
    const snapshot = this.#snapshot(name);
    const job = snapshot.dissections.get(dissection);
    if (!job || this.#status(job, 'dissection') !== 'completed') {
      throw new ToolError(404, `no such database: ${db}`);
    }
    return snapshot.records;
  }

  /** Checks what was asked for and names the file to fetch; a bare path as JSON, or an object. */
  exportPcap(args: Arguments) {
    const snapshot = this.#snapshot(args.id);
    if (this.#status(snapshot, 'snapshot') !== 'completed') {
      throw new ToolError(409, `snapshot ${snapshot.name} is not completed`);
    }
    const wanted = ['bpf_filter', 'start_time', 'end_time', 'nodes'] as const;
    const query = new URLSearchParams(
      wanted.flatMap((name): [string, string][] =>
        args[name] === undefined ? [] : [[name, String(args[name])]],
      ),
    );
    const path = `/mcp/snapshots/${encodeURIComponent(snapshot.name)}/pcap?${query}`;
    return this.#options.bareFilePaths ? path : { success: true, path };
  }

  /** Records of a snapshot, dissected or not. */
  snapshotRecords(id: string): readonly HubRecord[] {
    return this.#snapshot(id).records;
  }

  #snapshot(name: unknown): Snapshot {
    const snapshot = this.#snapshots.get(String(name));
    if (!snapshot) throw new ToolError(404, `no snapshot ${String(name)}`);
    return snapshot;
  }

  #describe({ name, range, records }: Snapshot) {
    const nodes = new Set(records.map((record) => record.node_id));
    return {
      id: name,
      name,
      start_ts: range.oldest_ts,
      end_ts: range.newest_ts,
      node_count: nodes.size,
      packet_count: records.length * 6,
      size_bytes: records.length * 1500,
    };
  }

  #poll(job: Job, kind: 'snapshot' | 'dissection'): string {
    const status = this.#status(job, kind);
    job.polls += 1;
    return status;
  }

  #status(job: Job, kind: 'snapshot' | 'dissection'): string {
    if (job.polls < this.#options.jobPolls) return kind === 'snapshot' ? 'in_progress' : 'running';
    return this.#options.jobFails === kind ? 'failed' : 'completed';
  }
}

function requestedRange(args: Arguments, raw: Range): Range {
  if (typeof args.duration === 'string') {
    const match = /^(\d+)(s|m|h)$/.exec(args.duration);
    if (!match) throw new ToolError(400, 'duration must look like 30m');
    const unit = { s: 1000, m: 60_000, h: 3_600_000 }[match[2] as 's' | 'm' | 'h'];
    return {
      oldest_ts: raw.newest_ts - Number(match[1]) * unit,
      newest_ts: raw.newest_ts,
    };
  }
  const [start, end] = [Number(args.start), Number(args.end)];
  if (!(end >= start)) throw new ToolError(400, 'start and end or a duration are required');
  return { oldest_ts: start, newest_ts: end };
}
