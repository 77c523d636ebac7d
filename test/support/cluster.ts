import { integer, type Random, random, word } from './random.ts';
import type { FullRecord } from './records.ts';
import type { Step } from './shop.ts';

const SAFE = 'bcdfghjklmnpqrstvwxz2456789';
const HASH = '456789bcdf';
const NODES = ['node-a', 'node-b', 'node-c'];
const OUTSIDE = '203.0.113.7';

interface Pod {
  readonly ip: string;
  readonly node: string;
  readonly name: string;
}

interface Connection {
  readonly id: string;
  readonly port: number;
  /** Unix ms until which it is busy. */
  until: number;
}

/** Pods, addresses and connections of one rollout: who is where, and how its nodes record a call. */
export class Cluster {
  readonly #next: Random;
  readonly #seenTwice: number;
  readonly #pods = new Map<string, Pod>();
  readonly #connections = new Map<string, Connection[]>();
  #count = 0;

  constructor(rollout: number, seenTwice: number) {
    this.#next = random('rollout', rollout);
    this.#seenTwice = seenTwice;
  }

  /** The records of a call, one for each node that saw it; `from` is undefined for a client outside. */
  record(step: Step, from: string | undefined, start: number, end: number): FullRecord[] {
    const client = from === undefined ? undefined : this.#pod(from);
    const outside = step.to.includes('.');
    const server = outside ? undefined : this.#pod(step.to);
    const connection = this.#connection(`${from} ${step.to}`, start, end);
    const src = {
      ip: client?.ip ?? OUTSIDE,
      port: connection.port,
      ...(client && { pod: client.name, ns: 'shop', node: client.node }),
    };
    const dst = {
      ip: server?.ip ?? '198.51.100.20',
      port: step.protocol === 'http' ? 8080 : 9000,
      ...(server && { pod: server.name, ns: 'shop', svc: step.to, node: server.node }),
    };
    const seen = { ...this.#content(step, start, end), conn_id: connection.id, src, dst };
    const home = server?.node ?? client?.node ?? 'node-a';
    const records = [this.#sighting(seen, home, 0)];
    if (client && client.node !== home && this.#next() < this.#seenTwice) {
      records.push(this.#sighting(seen, client.node, integer(this.#next, -3, 3)));
    }
    return records;
  }

  #content(step: Step, start: number, end: number) {
    const request = step.request === undefined ? '' : JSON.stringify(step.request);
    const response = step.response === undefined ? '' : JSON.stringify(step.response);
    const http = step.protocol === 'http';
    return {
      ts: Math.floor(start),
      proto: step.protocol,
      method: step.method,
      path: step.path,
      status: step.status,
      latency_ms: Math.round((end - start) * 1000) / 1000,
      req_headers: http ? headers(request, { Host: step.to, 'User-Agent': 'shop/1' }) : {},
      resp_headers: http ? headers(response, { Server: 'shop' }) : {},
      req_body: request,
      resp_body: response,
      req_size: request.length,
      resp_size: response.length,
    };
  }

  #sighting(seen: Omit<FullRecord, 'id'> & { readonly ts: number }, node: string, skew: number) {
    const id = `${node}/${integer(this.#next, 100, 999)}/${this.#count++}`;
    const flow_id = this.#long();
    return { id, ...seen, ts: seen.ts + skew, flow_id, node_id: node, worker: `worker-${node}` };
  }

  #pod(name: string): Pod {
    let pod = this.#pods.get(name);
    if (!pod) {
      const next = this.#next;
      const hash = word(next, 9, HASH);
      pod = {
        ip: `10.${integer(next, 1, 250)}.${integer(next, 0, 255)}.${integer(next, 1, 250)}`,
        node: NODES[integer(next, 0, NODES.length - 1)] as string,
        name: name === 'postgres' ? `${name}-0` : `${name}-${hash}-${word(next, 5, SAFE)}`,
      };
      this.#pods.set(name, pod);
    }
    return pod;
  }

  /** A kept-alive connection that is idle, or a new one. */
  #connection(between: string, start: number, end: number): Connection {
    const pool = this.#connections.get(between) ?? [];
    this.#connections.set(between, pool);
    let connection = pool.find(({ until }) => until <= start);
    if (!connection) {
      connection = { id: this.#long(), port: integer(this.#next, 32_768, 60_999), until: 0 };
      pool.push(connection);
    }
    connection.until = end;
    return connection;
  }

  #long(): string {
    return `1${word(this.#next, 18, '0123456789')}`;
  }
}

function headers(body: string, more: Readonly<Record<string, string>>) {
  if (body === '') return more;
  return {
    ...more,
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
  };
}
