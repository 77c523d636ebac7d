import { answerOf, type Outcome } from './answer.ts';
import { askingOf } from './asking.ts';
import type { Draw } from './draw.ts';
import type { Child, Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import type { Pod, Pods } from './pods.ts';
import type { Caller, Made } from './sighting.ts';
import { BEGIN, DAY, MINUTE } from './time.ts';
import type { Troubles } from './troubles.ts';
import { failing, slowness } from './weather.ts';
import { HOSTS, workloadNamed } from './workloads.ts';

const COLD = 3 * MINUTE;
const GIVES_UP = 2000;

/** Fixed by what makes a call, as against by the operation. */
export interface Insisted {
  readonly port?: number;
  readonly status?: number;
  readonly path?: string;
}

/** Makes one call and all that it causes. */
export class Handling {
  readonly made: Made[] = [];
  readonly #seed: number;
  readonly #draw: Draw;
  readonly #pods: Pods;
  readonly #troubles: Troubles;

  constructor(seed: number, draw: Draw, pods: Pods, troubles: Troubles) {
    this.#seed = seed;
    this.#draw = draw;
    this.#pods = pods;
    this.#troubles = troubles;
  }

  /** Gives when the caller knows the answer, Unix ms, and whether it is a usable one. */
  call(
    name: string,
    from: Caller,
    ts: number,
    insisted: Insisted = {},
  ): { end: number; ok: boolean } {
    const operation = OPERATIONS.get(name) as Operation;
    if (this.#troubles.silent(operation, ts)) return { end: ts, ok: true };
    const { workload, server } = operation;
    const to = workload && this.#pods.pick(workload, ts, this.#draw);
    const place = { from, to, ip: to?.ip ?? (HOSTS.get(server) as string) };
    const port = insisted.port ?? workload?.port ?? 443;
    const wrong = this.#troubles.at(operation, ts);
    const bare = this.#troubles.unauthorised(operation, from.workload?.name, ts);
    const asking = askingOf(operation, from, this.#draw, operation.secured === true && !bare);
    const path =
      insisted.path ?? (wrong.query === undefined ? asking.path : `${asking.path}?${wrong.query}`);
    const request = {
      operation,
      ...place,
      port,
      path,
      ts,
      request: asking.headers,
      asked: asking.body,
    };
    if (wrong.outage && this.#draw.chance(0.5)) {
      this.made.push({ ...request, latency: undefined, status: 0, response: {}, answered: '' });
      return { end: ts + GIVES_UP, ok: false };
    }
    const own = this.#ownTime(operation, to, ts) * wrong.slow;
    let outcome = wrong.outage ? 'failed' : this.#fate(operation, to, ts, wrong.errors);
    let end = ts + own * 0.6;
    if (outcome === 'done' && insisted.status === undefined) {
      const children = this.#children(operation, to, end);
      end = children.end;
      if (!children.ok) outcome = 'broken';
    }
    end += own * 0.4;
    const { status, headers, body } = answerOf(operation, outcome, this.#draw, insisted.status);
    const answered = this.#told(operation, outcome, body, ts, wrong.schema);
    this.made.push({ ...request, latency: end - ts, status, response: headers, answered });
    return { end, ok: outcome === 'done' || outcome === 'declined' };
  }

  #ownTime(operation: Operation, to: Pod | undefined, ts: number): number {
    const age = to ? ts - to.since : Number.POSITIVE_INFINITY;
    const cold = age < COLD ? 1 + 1.5 * (1 - age / COLD) : 1;
    const spread = operation.spread ?? 0.4;
    const factor = slowness(this.#seed, operation, ts) * cold;
    return operation.ms * Math.exp(spread * this.#draw.normal()) * factor;
  }

  #fate(operation: Operation, to: Pod | undefined, ts: number, more: number): Outcome {
    const fresh = to !== undefined && ts - to.since < 20_000 ? 0.02 : 0;
    const share = failing(this.#seed, operation, ts) + fresh + more;
    const luck = this.#draw.next();
    if (luck < share) return 'failed';
    return luck > 1 - (operation.declines ?? 0) ? 'declined' : 'done';
  }

  /** One after the other; ends at the first that failed and was needed. */
  #children({ children, workload }: Operation, pod: Pod | undefined, ts: number) {
    let end = ts;
    const from: Caller = { workload, pod, ip: pod?.ip ?? '' };
    for (const child of children) {
      const count = Math.floor(child.mean) + (this.#draw.chance(child.mean % 1) ? 1 : 0);
      for (let i = 0; i < count; i++) {
        const answer = this.#child(child, from, end);
        end = answer.end;
        if (!answer.ok && !child.soft) return { end, ok: false };
      }
    }
    return { end, ok: true };
  }

  #child(child: Child, from: Caller, ts: number): { end: number; ok: boolean } {
    if (child.later) {
      this.#consumed(child.operation, ts + this.#draw.between(200, 1500));
      return { end: ts, ok: true };
    }
    const { server, workload } = OPERATIONS.get(child.operation) as Operation;
    if (!workload && this.#draw.chance(0.3)) this.call(`kube-dns A ${server}`, from, ts - 2);
    const answer = this.call(child.operation, from, ts + 0.3);
    if (answer.ok || !child.retried) return answer;
    return this.call(child.operation, from, answer.end + 100);
  }

  /** A worker takes a message and does what its operation lists; nothing of that is awaited. */
  #consumed(name: string, ts: number): void {
    const { workload, children } = OPERATIONS.get(name) as Operation;
    if (!workload) return;
    const pod = this.#pods.pick(workload, ts, this.#draw);
    let end = ts;
    for (const child of children) {
      end = this.#child(child, { workload, pod, ip: pod.ip }, end).end;
    }
  }

  #told(
    operation: Operation,
    outcome: Outcome,
    body: string,
    ts: number,
    schema: string | undefined,
  ): string {
    if (outcome !== 'done') return body;
    if (schema !== undefined) return body.replace(new RegExp(`("${schema}":)(\\d+)`), '$1"$2"');
    const { gains } = operation;
    return gains && ts >= BEGIN + gains.day * DAY ? gains.gives(this.#draw) : body;
  }
}

/** Somebody of a workload, at a moment. */
export function someoneOf(pods: Pods, name: string, ts: number, draw: Draw): Caller {
  const workload = workloadNamed(name);
  if (!workload) {
    const ip = `198.18.${draw.below(200)}.${1 + draw.below(250)}`;
    return { workload: undefined, pod: undefined, ip };
  }
  const pod = pods.pick(workload, ts, draw);
  return { workload, pod, ip: pod.ip };
}
