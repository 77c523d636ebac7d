import type { PostgresConfig } from '../store/postgres-main.ts';
import { Child } from './child.ts';
import type { Database } from './store.ts';

/** A real PostgreSQL for the shop, with limits on its connections. It must be installed. */
export class Postgres implements Database {
  readonly port: number;
  readonly #child: Child;

  private constructor(port: number, child: Child) {
    this.port = port;
    this.#child = child;
  }

  static async start(config: PostgresConfig): Promise<Postgres> {
    const child = new Child('postgres', 'store/postgres-main.ts');
    try {
      const { port } = await child.start<{ port: number }>(config);
      return new Postgres(port, child);
    } catch (cause) {
      await child.kill();
      throw cause;
    }
  }

  async fill(dataSeed: number): Promise<void> {
    await this.#child.tell({ dataSeed });
  }

  /** The server is asked to end first: what kills its director must not leave it behind. */
  async kill(): Promise<void> {
    await this.#child.stop().catch(() => {});
    await this.#child.kill();
  }
}
