import type { Endpoint } from '../../../src/calls/call.ts';
import type { Draws } from './draws.ts';

const CONNECTIONS = 4;
const MOST_PODS = 3;
const PORTS: Readonly<Record<string, number>> = { db: 5432, cache: 6379, queue: 9092 };

/** Probes every pod of a workload, from the node: neither a workload nor a pod. */
export const KUBELET = 'kubelet';
/** Of these there is one pod; of all others one to three, as the rollout has it. */
const ALONE = new Set(['client', 'db', 'cache', 'queue']);

/** One pod of a workload. */
export interface Place {
  readonly workload: string;
  readonly pod: number;
}

/** Where a call goes from and to, and on which connection. */
export interface Hop {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly connection: string;
  /** The pod that handles it. */
  readonly at: Place;
}

/** Pods, addresses and connections of one rollout: all of them are others in the next. */
export class Places {
  readonly #draws: Draws;
  readonly #pods = new Map<string, readonly Pick<Endpoint, 'pod' | 'ip'>[]>();
  readonly #hops = new Map<string, readonly Hop[]>();

  constructor(draws: Draws) {
    this.#draws = draws;
  }

  /** How many pods a workload has. */
  count(workload: string): number {
    return this.#of(workload).length;
  }

  /** One of the few connections that a pod keeps open to the callee, or to one pod of it. */
  hop(from: Place, callee: string, to?: number): Hop {
    const key = `${from.workload} ${from.pod} ${callee} ${to ?? ''}`;
    let hops = this.#hops.get(key);
    if (!hops) {
      const pods = this.count(callee);
      hops = Array.from({ length: CONNECTIONS }, (_, i) =>
        this.#connect(from, { workload: callee, pod: to ?? this.#draws.below(pods) }, i),
      );
      this.#hops.set(key, hops);
    }
    return this.#draws.pick(hops);
  }

  #connect(from: Place, at: Place, index: number): Hop {
    const dst = { ...this.#endpoint(at), port: PORTS[at.workload] ?? 8080 };
    return {
      src: { ...this.#endpoint(from), port: 30_000 + this.#draws.below(30_000) },
      dst,
      connection: `${this.#draws.hex(8)}-${index}`,
      at,
    };
  }

  #endpoint({ workload, pod }: Place): Endpoint {
    const isNode = workload === KUBELET;
    return {
      workload: isNode ? { name: 'inside', kind: 'inside' } : { name: workload, kind: 'service' },
      namespace: isNode ? undefined : 'lab',
      ...(this.#of(workload)[pod] as Pick<Endpoint, 'pod' | 'ip'>),
      port: undefined,
      node: 'node-1',
    };
  }

  #of(workload: string): readonly Pick<Endpoint, 'pod' | 'ip'>[] {
    let pods = this.#pods.get(workload);
    if (!pods) {
      const set = this.#draws.hex(9);
      const isAlone = ALONE.has(workload) || workload === KUBELET;
      pods = Array.from({ length: isAlone ? 1 : 1 + this.#draws.below(MOST_PODS) }, () => ({
        pod: workload === KUBELET ? undefined : `${workload}-${set}f-${this.#draws.hex(4)}x`,
        ip: `10.${1 + this.#draws.below(200)}.${this.#draws.below(250)}.${2 + this.#draws.below(250)}`,
      }));
      this.#pods.set(workload, pods);
    }
    return pods;
  }
}
