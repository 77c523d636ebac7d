import type { Call } from '../calls/call.ts';
import { isNameless } from '../calls/workload.ts';
import type { Json } from '../support/json.ts';
import { KeptNames, MAX_NAME } from './kept-names.ts';
import { count, list, text } from './schema/json-read.ts';

const MAX_PAIRS = 256;

/** Who talked to whom so that nobody could read a call. */
export interface OpaquePair {
  readonly client: string;
  readonly server: string;
  /** Whether the server goes by a name. */
  readonly isNamed: boolean;
  readonly connections: number;
  /** Packets with bytes. */
  readonly packets: number;
}

interface Counted {
  isNamed: boolean;
  connections: number;
  packets: number;
}

/**
 * Workloads between which connections were encrypted, or of no known protocol. Of connections and packets
 * the most that one capture saw count, so that parts of one capture tell the same as the whole. Mergeable.
 */
export class Talks {
  readonly #pairs = new KeptNames<Counted>(MAX_PAIRS, none);

  /** In code-unit order. */
  get known(): readonly OpaquePair[] {
    return this.#pairs.entries().map(([key, counted]) => {
      const [client, server] = JSON.parse(key) as [string, string];
      return { client, server, ...counted };
    });
  }

  observe({ src, dst }: Pick<Call, 'src' | 'dst'>, counts: Omit<Counted, 'isNamed'>): void {
    const isNamed = !isNameless(dst.workload.name);
    this.#note(keyOf(src.workload.name, dst.workload.name), { isNamed, ...counts });
  }

  merge(other: Talks): void {
    for (const [key, counted] of other.#pairs.entries()) this.#note(key, counted);
  }

  toJSON(): Json {
    return this.known.map(({ client, server, isNamed, connections, packets }) => [
      client,
      server,
      isNamed,
      connections,
      packets,
    ]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Talks {
    const talks = new Talks();
    for (const entry of list(json, MAX_PAIRS)) {
      const [client, server, isNamed, connections, packets] = list(entry, 5);
      if (typeof isNamed !== 'boolean') throw new RangeError('not a talk');
      const key = keyOf(text(client, MAX_NAME), text(server, MAX_NAME));
      talks.#note(key, { isNamed, connections: count(connections), packets: count(packets) });
    }
    return talks;
  }

  #note(key: string, { isNamed, connections, packets }: Counted): void {
    const kept = this.#pairs.at(key);
    if (!kept) return;
    kept.isNamed ||= isNamed;
    kept.connections = Math.max(kept.connections, connections);
    kept.packets = Math.max(kept.packets, packets);
  }
}

function none(): Counted {
  return { isNamed: false, connections: 0, packets: 0 };
}

function keyOf(client: string, server: string): string {
  return JSON.stringify([client, server]);
}
