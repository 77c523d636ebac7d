import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataset } from '../data/dataset.ts';
import { Random } from '../data/random.ts';
import { runChild } from '../processes/child-main.ts';
import { unixNow } from '../processes/unix-now.ts';
import { callHeader } from '../tap/truth-marks.ts';
import { makePlan, type Visit } from './plan.ts';

export interface ClientConfig {
  readonly port: number;
  readonly dataSeed: number;
}

/** A round of requests. Closed loop: `concurrency` at a time; open loop: at `rate` a second whatever comes back. */
export interface Round {
  readonly seed: number;
  readonly requests: number;
  readonly concurrency: number;
  readonly rate?: number | undefined;
  /** Open loop: after so many requests the rate is `factor` times as high. */
  readonly surge?: { readonly after: number; readonly factor: number } | undefined;
}

/** How often each status came back, by method and first words of the path. */
export interface RoundResult {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** When the surge began, Unix ms. */
  readonly surgedAt?: number;
}

runChild<ClientConfig>(async ({ port, dataSeed }) => {
  const data = makeDataset(dataSeed);
  const agent = new Agent({ keepAlive: true });
  let calls = 0;
  const send = (visit: Visit) => ask(port, agent, visit, `client:${++calls}`);
  return {
    ready: {},
    tell: async (message): Promise<RoundResult> => {
      const round = message as Round;
      const plan = makePlan(round.seed, round.requests, data);
      const began = performance.now();
      let surgedAt: number | undefined;
      const statuses = round.rate
        ? await openLoop(plan, round.rate, round, send, () => {
            surgedAt = unixNow();
          })
        : await closedLoop(plan, round.concurrency, send);
      const counts = new Map<number, number>();
      for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
      return {
        requests: plan.length,
        statuses: Object.fromEntries(counts),
        seconds: (performance.now() - began) / 1000,
        ...(surgedAt !== undefined && { surgedAt }),
      };
    },
  };
});

async function closedLoop(
  plan: readonly Visit[],
  concurrency: number,
  send: (visit: Visit) => Promise<number>,
): Promise<number[]> {
  const statuses: number[] = [];
  const queue = plan.values();
  const worker = async () => {
    for (const visit of queue) statuses.push(await send(visit));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return statuses;
}

/** Poisson arrivals. */
async function openLoop(
  plan: readonly Visit[],
  rate: number,
  { seed, surge }: Round,
  send: (visit: Visit) => Promise<number>,
  surged: () => void,
): Promise<number[]> {
  const random = new Random(seed);
  const pending: Promise<number>[] = [];
  let due = performance.now();
  for (const [at, visit] of plan.entries()) {
    if (at === surge?.after) surged();
    const now = surge && at >= surge.after ? rate * surge.factor : rate;
    due += (-Math.log(1 - random.next()) / now) * 1000;
    await sleep(Math.max(0, due - performance.now()));
    pending.push(send(visit));
  }
  return Promise.all(pending);
}

function ask(port: number, agent: Agent, visit: Visit, mark: string): Promise<number> {
  const payload = visit.body === undefined ? undefined : JSON.stringify(visit.body);
  const headers = {
    host: 'shop.example',
    accept: 'application/json',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    ...(visit.token !== undefined && { authorization: `Bearer ${visit.token}` }),
    ...(payload !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
    }),
    [callHeader]: mark,
  };
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: visit.path, method: visit.method };
    const sent = request({ ...options, headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    // Nobody answered: what a browser shows then has no status.
    sent.on('error', () => resolve(0));
    sent.end(payload);
  });
}
