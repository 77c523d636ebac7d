import type { Call, Endpoint } from '../../src/calls/call.ts';
import { randomFrom } from '../../src/graph/random.ts';
import { call as callOf, endpoint } from '../support/calls.ts';

/** A call that an operation makes when it is handled. */
export interface Step {
  readonly to: string;
  /** Wait before it, ms (mean), after what came before. */
  readonly after?: number;
  /** How often in a row; default 1. */
  readonly times?: number;
  /** Probability that it happens at all; default 1. */
  readonly share?: number;
  /** Starts with the next step rather than before it. */
  readonly beside?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fails and is made again so often, so many ms apart. */
  readonly retries?: readonly number[];
}

/** `workload METHOD path` → what it does; `{id}` in a path becomes the request's id. */
export type Plan = Readonly<
  Record<string, { readonly work?: number; readonly steps?: readonly Step[] }>
>;

export interface Traffic {
  /** In order of (ts, id). */
  readonly calls: readonly Call[];
  /** Child id → parent id; undefined: none. */
  readonly truth: ReadonlyMap<string, string | undefined>;
}

export interface TrafficOptions {
  readonly plan: Plan;
  /** Operations called from outside, in turn. */
  readonly entries: readonly string[];
  readonly requests: number;
  /** Mean time between requests, ms. */
  readonly every: number;
  readonly seed?: number;
  readonly start?: number;
  readonly protocols?: Readonly<Record<string, string>>;
  readonly pods?: number;
  readonly port?: number;
  /** Background calls `from → to`, every so many ms. */
  readonly background?: readonly { from: string; to: string; every: number }[];
  readonly outside?: ReadonlySet<string>;
  readonly status?: (operation: string, draw: number) => string;
}

/** Simulates services that call each other; the same options give the same calls. */
export function simulate(options: TrafficOptions): Traffic {
  const { plan, entries, requests, every, seed = 1, start = 1_700_000_000_000 } = options;
  const random = randomFrom(seed);
  const wait = (mean: number) => -mean * Math.log(1 - random());
  const raw: { call: Call; parent: Call | undefined }[] = [];
  let serial = 0;

  const podOf = (name: string, pod: number, port: number): Endpoint => {
    const outside = options.outside?.has(name);
    return {
      ...endpoint(name, port),
      workload: { name, kind: outside ? 'outside' : 'service' },
      pod: outside ? undefined : `${name}-${pod}`,
      ip: undefined,
    };
  };

  /** Returns when the call ends. */
  const perform = (
    operation: string,
    from: Endpoint | undefined,
    parentOf: (call: Call) => Call | undefined,
    at: number,
    id: string,
    headers: Readonly<Record<string, string>> = {},
    failing = false,
  ): number => {
    const [workload = '', method = '', path = ''] = operation.split(' ');
    const pod = Math.floor(random() * (options.pods ?? 1));
    const dst = podOf(workload, pod, options.port ?? 8080);
    const index = serial++;
    const entry: { call: Call; parent: Call | undefined } = {
      call: undefined as unknown as Call,
      parent: undefined,
    };
    raw.push(entry);
    const { work = 1, steps = [] } = plan[operation] ?? {};
    let now = at + wait(work / 2);
    let end = now;
    const self = { call: undefined as Call | undefined };
    for (const step of failing ? [] : steps) {
      if (random() >= (step.share ?? 1)) continue;
      for (let i = 0; i < (step.times ?? 1); i++) {
        let begin = now + wait(step.after ?? 0.3);
        for (const pause of step.retries ?? []) {
          const failed = perform(step.to, dst, () => self.call, begin, id, step.headers, true);
          begin = failed + pause;
        }
        const done = perform(step.to, dst, () => self.call, begin, id, step.headers);
        end = Math.max(end, done);
        if (!step.beside) now = end;
      }
    }
    end = Math.max(end, now) + wait(work / 2);
    const call = callOf({
      id: `c${String(index).padStart(7, '0')}`,
      ts: Math.floor(at),
      latency: end - at,
      src: from ?? podOf('client', 0, 40_000 + (index % 20_000)),
      dst,
      protocol: options.protocols?.[workload] ?? 'http',
      method,
      path: path.replaceAll('{id}', id),
      status: failing ? '503' : (options.status?.(operation, random()) ?? '200'),
      requestHeaders: new Map(Object.entries(headers)),
    });
    self.call = call;
    entry.call = call;
    Object.defineProperty(entry, 'parent', { get: () => parentOf(call) });
    return end;
  };

  let clock = start;
  for (let i = 0; i < requests; i++) {
    clock += wait(every);
    const entry = entries[i % entries.length] as string;
    perform(entry, undefined, () => undefined, clock, String(1000 + i * 7));
  }
  for (const { from, to, every: pause } of options.background ?? []) {
    for (let at = start + wait(pause); at < clock; at += pause) {
      perform(to, podOf(from, 0, 1), () => undefined, at, 'bg');
    }
  }
  const calls = raw
    .map(({ call }) => call)
    .sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { calls, truth: new Map(raw.map(({ call, parent }) => [call.id, parent?.id])) };
}

/** The share of calls whose link is right, `none` included. */
export function shareRight(
  { calls, truth }: Traffic,
  links: readonly { child: number; parent: number | null }[],
): number {
  let right = 0;
  for (const { child, parent } of links) {
    const wanted = truth.get((calls[child] as Call).id);
    if (wanted === (parent === null ? undefined : (calls[parent] as Call).id)) right++;
  }
  return right / links.length;
}
