import type { Call } from '../../src/calls/call.ts';
import type { Reading } from '../../src/incident/reading/reading.ts';
import { TrafficReader } from '../../src/incident/reading/traffic-reader.ts';
import { call } from '../support/calls.ts';
import { duration, random } from '../support/random.ts';

export const START = 1_700_000_000_000;

interface Trouble {
  /** Whose; undefined: everybody's. */
  readonly service: string | undefined;
  readonly from: number;
  readonly to?: number;
}

export interface ShopOptions {
  readonly start?: number;
  readonly seconds: number;
  readonly seed?: number;
  /** Requests a second. */
  readonly rate?: number | ((second: number) => number);
  /** Share of calls that fail anyway. */
  readonly errors?: number;
  /** From a moment on (Unix ms) a service answers 500, and so do its callers. */
  readonly fails?: Trouble & { readonly share?: number };
  /** From a moment on a service takes so many times as long itself. */
  readonly slow?: Trouble & { readonly factor: number };
  /** From a moment on a service answers 200 without a field, and who calls it fails with the answer in hand. */
  readonly broken?: Trouble;
  /** Each service has a replica on each of these nodes; from a moment on packets get lost between the first two. */
  readonly nodes?: readonly string[];
  readonly lossy?: Trouble;
}

const CALLEES: Readonly<Record<string, readonly string[]>> = {
  gateway: ['orders', 'catalogue'],
  orders: ['inventory', 'payment', 'postgres'],
  inventory: ['postgres'],
  payment: [],
  catalogue: ['cache'],
  postgres: [],
  cache: [],
};
const OWN_MS = 6;

/** Calls of a shop of seven services, each request through all of them; in order of time. */
export function shopTraffic(options: ShopOptions): Call[] {
  const { seconds, start = START, seed = 1, rate = 6 } = options;
  const next = random(seed);
  const calls: Call[] = [];
  for (let second = 0; second < seconds; second++) {
    const requests = typeof rate === 'number' ? rate : rate(second);
    for (let i = 0; i < requests; i++)
      request({}, 'gateway', start + 1_000 * (second + next()), options, next, calls);
  }
  const end = start + seconds * 1_000;
  return calls.filter(({ ts }) => ts < end).sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));
}

/** One handled call and all that it makes, one after the other; gives how long it took and whether it failed. */
function request(
  { from, node: near }: { readonly from?: string; readonly node?: string | undefined },
  to: string,
  ts: number,
  options: ShopOptions,
  next: () => number,
  calls: Call[],
): { readonly took: number; readonly lost: number; readonly failed: boolean } {
  const { errors = 0, fails, slow, broken, nodes, lossy } = options;
  const node = nodes?.[Math.floor(next() * nodes.length)];
  const own = duration(next, OWN_MS) * (hit(slow, to, ts) ? (slow?.factor ?? 1) : 1);
  let now = ts + own / 2;
  let failed = next() < errors || (hit(fails, to, ts) && next() < (fails?.share ?? 1));
  for (const callee of CALLEES[to] ?? []) {
    if (failed) break;
    const child = request({ from: to, node }, callee, now, options, next, calls);
    now += child.took + child.lost + 0.2;
    failed = child.failed || hit(broken, callee, ts);
  }
  const took = now - ts + own / 2;
  const status = failed ? '500' : '200';
  const whole = Math.floor(ts);
  const crosses =
    node !== near && [node, near].every((one) => nodes?.slice(0, 2).includes(one ?? ''));
  const lost = crosses && hit(lossy, to, ts) && next() < 0.3 ? 200 : 0;
  const made = call({ ...(from !== undefined && { from }), to });
  calls.push(
    call({
      src: { ...made.src, node: near },
      dst: { ...made.dst, node },
      id: `n1/${calls.length}`,
      ts: whole,
      latency: took,
      path: `/${to}`,
      status,
      responseBody: { state: 'whole', text: answer(hit(broken, to, ts)) },
      connection: `${from}-${to}-1`,
    }),
  );
  return { took, lost, failed };
}

function answer(broken: boolean): string {
  return JSON.stringify({ state: 'done', ...(!broken && { receipt: { number: 17 } }) });
}

function hit(trouble: Trouble | undefined, service: string, ts: number): boolean {
  if (!trouble || ts < trouble.from || ts >= (trouble.to ?? Number.POSITIVE_INFINITY)) return false;
  return trouble.service === undefined || trouble.service === service;
}

/** Calls as they are read, in order of time. */
export function readingOf(calls: readonly Call[]): Reading {
  const reader = new TrafficReader();
  for (const each of calls) reader.push({ kind: 'call', call: each });
  return reader.finish({ problems: [] });
}
