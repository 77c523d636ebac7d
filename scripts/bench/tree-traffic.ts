import type { Call, Endpoint } from '../../src/calls/call.ts';
import { random } from '../../test/support/random.ts';

const WORKLOADS = 200;
const CALLS_A_SECOND = 2_000;
const FAN_OUT = 3;
/** Calls are put in order of time inside so many ms. */
const WINDOW_MS = 2_000;

function endpoint(workload: number): Endpoint {
  const name = `service-${workload}`;
  return {
    workload: { name, kind: 'service' },
    namespace: 'bench',
    pod: `${name}-0`,
    ip: `10.0.${Math.floor(workload / 250)}.${workload % 250}`,
    port: 8080,
    node: undefined,
  };
}

const endpoints = Array.from({ length: WORKLOADS }, (_, i) => endpoint(i));
const outside: Endpoint = {
  workload: { name: 'outside', kind: 'outside' },
  namespace: undefined,
  pod: undefined,
  ip: '203.0.113.9',
  port: 40_000,
  node: undefined,
};

/** Unix ms */
export const TRAFFIC_START = 1_750_000_000_000;

/** A workload that takes longer from a moment (Unix ms) on, by so many ms. */
export interface Fault {
  readonly workload: number;
  readonly at: number;
  readonly by: number;
}

/** The calls of one request: each workload calls those below it in a tree. */
function request(at: number, n: number, into: Call[], fault?: Fault): void {
  const next = random(7, 'request', n);
  const visit = (workload: number, src: Endpoint, start: number): number => {
    const slow = fault && workload === fault.workload && start >= fault.at ? fault.by : 0;
    const own = slow + Math.exp(0.7 + 0.5 * (next() + next() + next() - 1.5));
    let end = start + own / 2;
    for (let k = 1; k <= FAN_OUT; k++) {
      const child = workload * FAN_OUT + k;
      if (child < WORKLOADS && next() < 0.6) {
        end = visit(child, endpoints[workload] as Endpoint, end + next() * 0.5);
      }
    }
    end += own / 2;
    const id = Math.floor(next() * 1e9);
    into.push({
      id: `n/${n}/${workload}`,
      ts: Math.floor(start),
      latency: Math.round((end - start) * 1000) / 1000,
      src,
      dst: endpoints[workload] as Endpoint,
      protocol: 'http',
      method: 'GET',
      path: `/items/${id}`,
      status: '200',
      requestHeaders: new Map(),
      responseHeaders: new Map([['content-type', 'application/json']]),
      requestBody: { state: 'absent' },
      responseBody: { state: 'whole', text: body(id) },
      requestSize: 0,
      responseSize: 300,
      connection: `${workload}-${n % 16}`,
      flow: undefined,
      node: 'n',
    });
    return end;
  };
  visit(0, outside, at);
}

function body(id: number): string {
  const lines = Array.from({ length: 4 }, (_, i) => ({
    sku: `SKU-${id % 977}-${i}`,
    quantity: i + 1,
  }));
  return JSON.stringify({ id, status: id % 3 ? 'open' : 'paid', total: id / 100, lines });
}

/**
 * Synthetic calls without trace headers, in order of time: a tree of 200 workloads (each calls up to
 * three further ones), 2,000 calls a second, log-normal own times, a JSON body of about 300 bytes a
 * call. From `slowAt` (Unix ms) on, one workload takes `slowBy` ms longer.
 */
export function* treeTraffic(calls: number, fault?: Fault): Generator<Call> {
  const held: Call[] = [];
  let made = 0;
  let at = TRAFFIC_START;
  for (let n = 0; made < calls; n++) {
    const before = held.length;
    request(at, n, held, fault);
    const size = held.length - before;
    made += size;
    at += (size * 1000) / CALLS_A_SECOND;
    if (n % 200 !== 199) continue;
    held.sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));
    const ready = held.findIndex((call) => call.ts >= at - WINDOW_MS);
    yield* held.splice(0, ready < 0 ? held.length : ready);
  }
  held.sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));
  yield* held;
}
