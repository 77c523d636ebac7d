import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The stand-in of the Hub in another process; its time is told. */
export class HubChild {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(seed: number, kind: 'seeded' | 'quiet'): Promise<HubChild> {
    const script = fileURLToPath(new URL('./hub-process.ts', import.meta.url));
    const child = fork(script, [String(seed), kind]);
    const [url] = (await once(child, 'message')) as [string];
    return new HubChild(url, child);
  }

  /** Resolved when its time is this, Unix ms. */
  pass = async (now: number): Promise<void> => {
    await this.#ask(now);
  };

  /** Requests served, by tool. */
  async served(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.#ask('served')) as [string, number][]);
  }

  close(): void {
    this.#child.disconnect();
  }

  async #ask(message: string | number): Promise<unknown> {
    const answered = once(this.#child, 'message');
    this.#child.send(message);
    return ((await answered) as [unknown])[0];
  }
}
