import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Random } from '../data/random.ts';
import type { Fault } from '../incidents/fault.ts';
import { unixNow } from '../processes/unix-now.ts';
import type { Reply } from './service.ts';

/** What faults reach into. */
export interface Parts {
  readonly random: Random;
  readonly server: Server;
  readonly pool: Pool | undefined;
}

/** The faults of one service, none at first. Health checks don't see them. */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #parts: () => Parts;
  #leaked = 0;
  #exhausted: ((since: number) => void) | undefined;

  constructor(parts: () => Parts) {
    this.#parts = parts;
  }

  /** Sets one more; when it can first be felt, Unix ms: a leak once no connection is left. */
  async add(fault: Fault): Promise<number> {
    const { pool, server } = this.#parts();
    if (fault.kind === 'refusing') {
      server.close();
      server.closeAllConnections();
    }
    this.#faults.push(fault);
    if (fault.kind === 'leaking' && pool) {
      return new Promise((resolve) => {
        this.#exhausted = resolve;
      });
    }
    return unixNow();
  }

  /** Handles a request as the faults let it. */
  async around(path: string, handle: () => Promise<Reply>): Promise<Reply> {
    const faults = path === '/healthz' ? [] : this.#faults.filter((each) => concerns(each, path));
    for (const fault of faults) await this.#suffer(fault);
    const began = unixNow();
    const reply = await handle().catch((cause) => {
      // With a leak, the first that fails is the first that found no connection.
      this.#exhausted?.(began);
      throw cause;
    });
    const other = faults.some(({ kind }) => kind === 'payload') && reply.status < 300;
    return other && reply.body !== undefined ? { ...reply, body: { data: reply.body } } : reply;
  }

  async #suffer(fault: Fault): Promise<void> {
    const { random } = this.#parts();
    if (fault.kind === 'slow') await sleep(fault.low + random.next() * (fault.high - fault.low));
    if (fault.kind === 'failing' && random.chance(fault.share)) throw new Error('failing');
    if (fault.kind === 'silent') await new Promise(() => {});
    if (fault.kind === 'leaking' && random.chance(fault.share)) this.#leak();
  }

  /** What it takes is never released: the pool, or the database, will have no more. */
  #leak(): void {
    const { pool } = this.#parts();
    const began = unixNow();
    const taken = () => {
      if (++this.#leaked === pool?.options.max) this.#exhausted?.(unixNow());
    };
    pool?.connect().then(taken, () => this.#exhausted?.(began));
  }
}

function concerns(fault: Fault, path: string): boolean {
  return !('path' in fault) || fault.path === undefined || path.startsWith(fault.path);
}
