import type { Fault } from '../incidents/fault.ts';
import { Child } from './child.ts';

/** A database for the shop, seen from the director. It may outlive a rollout, as databases do. */
export interface Database {
  /** On loopback. */
  readonly port: number;
  /** Makes it hold nothing but what a shop has at first, drawn from the seed. */
  fill(dataSeed: number): Promise<void>;
  /** Sets a fault; since when, Unix ms. */
  strike?(fault: Fault): Promise<number>;
  /** Ends it and waits until it is gone. */
  kill(): Promise<void>;
}

/** The shop's own database: PGlite behind PostgreSQL's wire protocol. */
export class Store implements Database {
  readonly port: number;
  readonly #child: Child;

  private constructor(port: number, child: Child) {
    this.port = port;
    this.#child = child;
  }

  /** Starts it, empty. */
  static async start(): Promise<Store> {
    const child = new Child('postgres', 'store/main.ts');
    try {
      const { port } = await child.start<{ port: number }>({});
      return new Store(port, child);
    } catch (cause) {
      await child.kill();
      throw cause;
    }
  }

  async fill(dataSeed: number): Promise<void> {
    await this.#child.tell({ dataSeed });
  }

  strike(fault: Fault): Promise<number> {
    return this.#child.tell({ fault });
  }

  async kill(): Promise<void> {
    await this.#child.kill();
  }
}
