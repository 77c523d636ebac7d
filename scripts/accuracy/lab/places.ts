import type { Endpoint } from '../../../src/calls/call.ts';
import type { Draws } from './draws.ts';

const CONNECTIONS = 4;

/** Where a call goes from and to, and on which connection. */
export interface Hop {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly connection: string;
}

/** Pods, addresses and connections of one rollout: all of them are others in the next. */
export class Places {
  readonly #draws: Draws;
  readonly #pods = new Map<string, { readonly pod: string; readonly ip: string }>();
  readonly #hops = new Map<string, readonly Hop[]>();

  constructor(draws: Draws) {
    this.#draws = draws;
  }

  /** One of the few connections that the caller keeps open to the callee. */
  hop(caller: string, callee: string): Hop {
    const key = `${caller} ${callee}`;
    let hops = this.#hops.get(key);
    if (!hops) {
      hops = Array.from({ length: CONNECTIONS }, (_, i) => this.#connect(caller, callee, i));
      this.#hops.set(key, hops);
    }
    return this.#draws.pick(hops);
  }

  #connect(caller: string, callee: string, index: number): Hop {
    const dst = { ...this.#endpoint(callee), port: callee === 'db' ? 5432 : 8080 };
    return {
      src: { ...this.#endpoint(caller), port: 30_000 + this.#draws.below(30_000) },
      dst,
      connection: `${this.#draws.hex(8)}-${index}`,
    };
  }

  #endpoint(workload: string): Endpoint {
    let at = this.#pods.get(workload);
    if (!at) {
      const pod = `${workload}-${this.#draws.hex(9)}f-${this.#draws.hex(4)}x`;
      at = {
        pod,
        ip: `10.${1 + this.#draws.below(200)}.${this.#draws.below(250)}.${2 + this.#draws.below(250)}`,
      };
      this.#pods.set(workload, at);
    }
    return {
      workload: { name: workload, kind: 'service' },
      namespace: 'lab',
      ...at,
      port: undefined,
      node: 'node-1',
    };
  }
}
