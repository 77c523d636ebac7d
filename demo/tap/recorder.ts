import { createHash } from 'node:crypto';
import type { Party } from '../cluster/identity.ts';
import type { Exchange } from './exchange.ts';

/** A connection between two parties, as every call on it shows it. */
export interface Connection {
  readonly src: Party;
  readonly dst: Party;
  readonly node: string;
  /** Unsigned 64-bit, as Kubeshark writes them. */
  readonly connId: bigint;
  readonly flowId: bigint;
  /** Names the connection within its node. */
  readonly number: number;
  calls: number;
}

export interface RecordingSummary {
  readonly count: number;
  /** Unix ms of the first and the last call. */
  readonly start: number;
  readonly end: number;
}

interface Recorded {
  readonly ts: number;
  readonly start: number;
  readonly id: string;
  readonly line: string;
  readonly truth: Exchange['truth'];
}

/** Turns exchanges into Kubeshark's `full` records, and keeps the truth about their causes beside. */
export class Recorder {
  readonly #seed: string;
  readonly #records: Recorded[] = [];
  #connections = 0;
  #from = Number.POSITIVE_INFINITY;

  /** `seed` draws the ids of connections. */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Records what starts from now on. */
  begin(now: number): void {
    this.#from = now;
  }

  connection(src: Party, dst: Party): Connection {
    const number = ++this.#connections;
    const digest = createHash('sha256').update(`${this.#seed}/${number}`).digest();
    return {
      src,
      dst,
      node: dst.node ?? src.node ?? 'unknown',
      connId: digest.readBigUInt64BE(0),
      flowId: digest.readBigUInt64BE(8),
      number,
      calls: 0,
    };
  }

  add(connection: Connection, exchange: Exchange): void {
    if (exchange.start < this.#from) return;
    const id = `${connection.node}/${connection.number}/${connection.calls++}`;
    this.#records.push({
      ts: Math.floor(exchange.start),
      start: exchange.start,
      id,
      line: recordLine(id, connection, exchange),
      truth: exchange.truth,
    });
  }

  /** Both files' text, in order of time: the calls, and `{child, parent}` of each. */
  texts(): { calls: string; truth: string; summary: RecordingSummary } {
    const sorted = this.#records.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    const idOfMark = new Map(sorted.map((each) => [each.truth.call, each.id]));
    const truth = sorted.map(({ id, truth: { cause } }) => {
      const parent = cause === undefined ? null : (idOfMark.get(cause) ?? null);
      return `${JSON.stringify({ child: id, parent })}\n`;
    });
    return {
      calls: sorted.map((each) => `${each.line}\n`).join(''),
      truth: truth.join(''),
      summary: {
        count: sorted.length,
        start: sorted.at(0)?.ts ?? 0,
        end: sorted.at(-1)?.ts ?? 0,
      },
    };
  }
}

function recordLine(id: string, connection: Connection, exchange: Exchange): string {
  const record = {
    id,
    ts: Math.floor(exchange.start),
    src: connection.src,
    dst: connection.dst,
    proto: exchange.proto,
    method: exchange.method,
    path: exchange.path,
    status: exchange.status,
    latency_ms: exchange.end && Math.round((exchange.end - exchange.start) * 1000) / 1000,
    node_id: connection.node,
    worker: `worker-${connection.node}`,
    req_headers: exchange.requestHeaders,
    resp_headers: exchange.responseHeaders,
    req_body: exchange.requestBody,
    resp_body: exchange.responseBody,
    req_size: exchange.requestSize,
    resp_size: exchange.responseSize,
  };
  // JSON numbers beyond 2^53 must be written digit by digit.
  const ids = `,"conn_id":${connection.connId},"flow_id":${connection.flowId}}`;
  return JSON.stringify(record).slice(0, -1) + ids;
}
