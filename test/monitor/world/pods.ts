import { type Draw, mixed, unit } from './draw.ts';
import { BEGIN, DAY, HOUR, MINUTE, shapeAt, WEEK } from './time.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

/** One end of a call in the cluster. */
export interface Pod {
  readonly name: string;
  readonly ip: string;
  readonly node: string;
  /** Since when its revision runs, Unix ms. */
  readonly since: number;
}

/** A rollout: all pods of a workload change their names. */
export interface Rollout {
  readonly workload: string;
  readonly at: number;
}

export const NODES = ['node-a', 'node-b', 'node-c', 'node-d'];
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';
const HASH = '456789bcdf';

/** Six a week, at working hours from Tuesday to Friday and on Monday afternoon. */
export function rolloutsOf(seed: number): readonly Rollout[] {
  const able = WORKLOADS.filter(({ set }) => set === 'deployment');
  return Array.from({ length: 12 }, (_, i) => {
    const week = Math.floor(i / 6);
    const day = (i % 6) % 5;
    const workload = able[mixed(seed, 11, i) % able.length] as Workload;
    const minute = Math.floor(unit(seed, 12, i) * 7 * 60);
    return {
      workload: workload.name,
      at: BEGIN + week * WEEK + day * DAY + 9 * HOUR + minute * MINUTE + 17_000,
    };
  });
}

/** Which pods a workload has at a moment: a pure function of the seed. */
export class Pods {
  readonly #seed: number;
  readonly #rollouts: Map<string, readonly number[]>;
  readonly #made = new Map<string, Pod>();

  constructor(seed: number) {
    this.#seed = seed;
    const by = Map.groupBy(rolloutsOf(seed), ({ workload }) => workload);
    this.#rollouts = new Map([...by].map(([name, all]) => [name, all.map(({ at }) => at)]));
  }

  /** How many serve: more by day than by night, none of an office's at night. */
  count({ least, most, office }: Workload, ts: number): number {
    if (office) return shapeAt('office', ts) > 0 ? most : 0;
    const load = Math.min(1, shapeAt('people', Math.floor(ts / (15 * MINUTE)) * 15 * MINUTE));
    return Math.min(
      most,
      Math.floor(least + ((most - least + 0.99) * Math.max(0, load - 0.2)) / 0.8),
    );
  }

  pick(workload: Workload, ts: number, draw: Draw): Pod {
    return this.pod(workload, draw.below(Math.max(1, this.count(workload, ts))), ts);
  }

  pod(workload: Workload, n: number, ts: number): Pod {
    const began = this.#rollouts.get(workload.name)?.filter((at) => at <= ts) ?? [];
    const day = workload.set === 'job' || workload.office ? Math.floor(ts / DAY) : 0;
    const key = `${workload.name} ${began.length} ${n} ${day}`;
    let pod = this.#made.get(key);
    if (!pod) {
      if (this.#made.size > 2000) this.#made.clear();
      pod = this.#make(workload, began, n, day);
      this.#made.set(key, pod);
    }
    return pod;
  }

  #make({ name, index, set }: Workload, began: readonly number[], n: number, day: number): Pod {
    const own = mixed(this.#seed, 13, index, began.length, n, day);
    const revision = mixed(this.#seed, 14, index, began.length);
    const last = {
      stateful: `${n}`,
      job: `${29_000_000 + (day % 100) * 1440 + 120}-${letters(own, 5, SAFE)}`,
      deployment: `${letters(revision, 9, HASH)}-${letters(own, 5, SAFE)}`,
    }[set];
    return {
      name: `${name}-${last}`,
      ip: `10.${20 + (own % 4)}.${(own >>> 8) % 250}.${1 + ((own >>> 16) % 250)}`,
      node: NODES[own % NODES.length] as string,
      since: began.at(-1) ?? 0,
    };
  }
}

function letters(hash: number, length: number, alphabet: string): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[mixed(hash, i) % alphabet.length];
  return text;
}
