import { Child } from './child.ts';

/** The shop's database, seen from the director. It may outlive a rollout, as databases do. */
export class Store {
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

  /** Holds nothing but what a shop has at first, drawn from the seed. */
  async fill(dataSeed: number): Promise<void> {
    await this.#child.tell({ dataSeed });
  }

  /** Ends it and waits until it is gone. */
  async kill(): Promise<void> {
    await this.#child.kill();
  }
}
