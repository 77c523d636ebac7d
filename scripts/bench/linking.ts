import type { Call, Endpoint } from '../../src/calls/call.ts';
import { targetOf } from '../../src/calls/target.ts';
import { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { random } from '../../test/support/random.ts';

/**
 * What linking costs beside profiling, on synthetic traffic without trace headers: a tree of 200
 * workloads (each calls up to three further ones), 2,000 calls a second, log-normal own times,
 * a JSON body of about 300 bytes a call. Documented in docs/accuracy.md.
 *
 *   node scripts/bench/linking.ts [CALLS]
 */
const CALLS = Number(process.argv[2] ?? 1_000_000);
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

/** The calls of one request: each workload calls those below it in a tree. */
function request(at: number, n: number, into: Call[]): void {
  const next = random(7, 'request', n);
  const visit = (workload: number, src: Endpoint, start: number): number => {
    const own = Math.exp(0.7 + 0.5 * (next() + next() + next() - 1.5));
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

/** In order of time, a window held at a time. */
function* traffic(): Generator<Call> {
  const held: Call[] = [];
  let made = 0;
  let at = 1_750_000_000_000;
  for (let n = 0; made < CALLS; n++) {
    const before = held.length;
    request(at, n, held);
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

/** Processor time: the ratio must not depend on what else the machine does. */
function measure(what: string, run: (calls: Iterable<Call>) => number): number {
  const start = process.cpuUsage();
  const count = run(traffic());
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1_000_000;
  const rss = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${what}: ${count} calls, ${seconds.toFixed(1)} s, peak RSS ${rss} MiB\n`);
  return seconds;
}

const made = measure('making the calls', (calls) => {
  let count = 0;
  for (const _ of calls) count++;
  return count;
});
const observed = measure('profiling without linking', (calls) => {
  const profile = new Profile();
  for (const call of calls) profile.observe(call, targetOf(call));
  return profile.capture.calls;
});
let linked = 0;
const whole = measure('profiling with linking', (calls) => {
  const profiler = new Profiler({
    onLink: ({ parent }) => {
      if (parent) linked++;
    },
  });
  for (const call of calls) profiler.push({ kind: 'call', call });
  return profiler.finish().capture.calls;
});
const profiling = observed - made;
process.stdout.write(
  `linking takes ${((whole - observed) / profiling).toFixed(2)} × the time of profiling (${linked} calls linked)\n`,
);
