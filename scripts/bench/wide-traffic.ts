import type { Call, Endpoint } from '../../src/calls/call.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { random } from '../../test/support/random.ts';

const WORKLOADS = 50;
const FIELDS = 20;
const STATUSES = ['200', '404', '500'] as const;
/** Of resources: words, which no path template takes for values. */
const NAMES =
  'orders users carts items prices stocks audits events mails labels coupons reviews ratings photos videos tokens plans bills claims offers'.split(
    ' ',
  );
/** Unix ms */
const START = 1_750_000_000_000;
const EVERY_MS = 4;

function endpoint(name: string): Endpoint {
  const workload = { name, kind: 'service' } as const;
  return { workload, namespace: 'bench', pod: undefined, ip: undefined, port: 80, node: undefined };
}

const ENDPOINTS = Array.from({ length: WORKLOADS }, (_, i) => endpoint(`service-${i}`));

/** At most 1,000 operations. Every so many-th operation differs: another field, another type, slower, an error, an extra call. */
export interface WideOptions {
  readonly operations: number;
  readonly callsEach: number;
  readonly seed: number;
  readonly differs?: number;
}

/**
 * The profile of many operations: three statuses, a body of 20 fields each; handled calls of the first
 * half of the workloads call one of the second half.
 */
export function wideProfile(options: WideOptions): Profile {
  const profiler = new Profiler();
  for (const call of wideCalls(options)) profiler.push({ kind: 'call', call });
  return profiler.finish();
}

function* wideCalls({ operations, callsEach, seed, differs = Infinity }: WideOptions) {
  let at = START;
  for (let n = 0; n < callsEach; n++) {
    for (let operation = 0; operation < operations; operation++) {
      const next = random(seed, `operation ${operation}`, n);
      at += EVERY_MS;
      const change = operation % differs === differs - 1 ? operation % 5 : -1;
      yield* handled(operation, `${seed}-${n}`, at, change, next);
    }
  }
}

function* handled(operation: number, run: string, at: number, change: number, next: () => number) {
  const workload = operation % WORKLOADS;
  const half = WORKLOADS / 2;
  const status = next() < 0.75 ? 0 : change === 3 || next() < 0.5 ? 2 : 1;
  const latency = 3 + next() * 4 + (change === 2 ? 40 : 0);
  const src = ENDPOINTS[(workload + 1) % WORKLOADS] as Endpoint;
  const dst = ENDPOINTS[workload] as Endpoint;
  const trace = `trace-${operation}-${run}`;
  const name = NAMES[Math.floor(operation / WORKLOADS)] as string;
  const body = bodyOf(next, status);
  if (change === 0) body.added = 1;
  if (change === 1) Object.assign(body, { field3: String(body.field3), field5: null });
  const path = `/api/${name}/${Math.floor(next() * 1e6)}`;
  yield call({ src, dst, trace, at, latency, path, status: STATUSES[status] as string, body });
  if (workload >= half && change !== 4) return;
  const onward = ENDPOINTS[(workload + half) % WORKLOADS] as Endpoint;
  const below = { src: dst, dst: onward, trace, at: at + 0.5, latency: 1, status: '200' };
  yield call({ ...below, path: '/internal/lookup', body: bodyOf(next, 0) });
}

function bodyOf(next: () => number, status: number): Record<string, unknown> {
  const fields = Array.from({ length: FIELDS }, (_, i): [string, unknown] => {
    const value = next();
    if (i % 4 === 0) return [`name${i}s${status}`, `text ${Math.floor(value * 1e6)}`];
    if (i % 4 === 1) return [`field${i}`, Math.floor(value * 1e6)];
    if (i % 4 === 2) return [`flag${i}`, value < 0.5];
    return [`field${i}`, value * 100];
  });
  return Object.fromEntries(fields);
}

interface Made {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly trace: string;
  readonly at: number;
  readonly latency: number;
  readonly path: string;
  readonly status: string;
  readonly body: object;
}

function call({ src, dst, trace, at, latency, path, status, body }: Made): Call {
  return {
    id: `${trace} ${dst.workload.name}`,
    ts: at,
    latency,
    src,
    dst,
    protocol: 'http',
    method: 'GET',
    path,
    status,
    requestHeaders: new Map([['x-request-id', trace]]),
    responseHeaders: new Map([['content-type', 'application/json']]),
    requestBody: { state: 'absent' },
    responseBody: { state: 'whole', text: JSON.stringify(body) },
    requestSize: 0,
    responseSize: 500,
    connection: `${src.workload.name}>${dst.workload.name}`,
    flow: undefined,
    node: 'n',
  };
}
