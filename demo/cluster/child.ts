import { type ChildProcess, fork } from 'node:child_process';
import type { FromChild, ToChild } from '../processes/child-protocol.ts';
import { childEnvironment } from './caches.ts';

/** ms: long enough for any machine, it only must not wait for ever. */
const patience = 300_000;
const farewell = 5_000;

interface Expectation {
  readonly kind: FromChild['kind'];
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: Error) => void;
}

/** One process of the demo, seen from its director. */
export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  readonly #expected: Expectation[] = [];
  #lastWords = '';

  /** Forks `module` (relative to the demo's folder) on the Node that runs this. */
  constructor(name: string, module: string) {
    this.name = name;
    const file = new URL(`../${module}`, import.meta.url);
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    // Options of the director's own Node, as a test runner's, are not the children's.
    this.#process = fork(file, {
      stdio: [...stdio],
      env: childEnvironment(),
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-2000);
    });
    this.#process.on('message', (message) => this.#hear(message as FromChild));
    this.#gone = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#rejectAll(`${this.name} ${reason}. ${this.#lastWords}`);
        resolve();
      };
      this.#process.once('exit', (code, signal) => end(`ended (${signal ?? code})`));
      this.#process.once('error', (cause) => end(`did not start: ${cause.message}`));
    });
  }

  /** Starts it with its configuration; what it answers when it is ready. */
  start<Ready>(config: unknown): Promise<Ready> {
    return this.#ask({ kind: 'start', config }, 'ready') as Promise<Ready>;
  }

  tell<Answer>(message: unknown): Promise<Answer> {
    return this.#ask({ kind: 'tell', message }, 'told') as Promise<Answer>;
  }

  /** Asks it to end and waits until it is gone; its last answer. */
  async stop<Answer>(): Promise<Answer> {
    const answer = (await this.#ask({ kind: 'stop' }, 'stopped')) as Answer;
    await this.#goneWithin(farewell);
    return answer;
  }

  /** Ends it without asking, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
  }

  async #goneWithin(ms: number): Promise<void> {
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), ms);
    await this.#gone;
    clearTimeout(timer);
  }

  #ask(message: ToChild, kind: FromChild['kind']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.name} did not answer '${message.kind}'`)),
        patience,
      );
      const settled = () => clearTimeout(timer);
      this.#expected.push({
        kind,
        resolve: (value) => {
          settled();
          resolve(value);
        },
        reject: (cause) => {
          settled();
          reject(cause);
        },
      });
      if (this.#process.connected) this.#process.send(message);
      else this.#rejectAll(`${this.name} is gone. ${this.#lastWords}`);
    });
  }

  #hear(message: FromChild): void {
    if (message.kind === 'failed') {
      this.#rejectAll(`${this.name} failed: ${message.reason}`);
      return;
    }
    const at = this.#expected.findIndex((each) => each.kind === message.kind);
    const [expectation] = at < 0 ? [] : this.#expected.splice(at, 1);
    expectation?.resolve(message.value);
  }

  #rejectAll(reason: string): void {
    for (const each of this.#expected.splice(0)) each.reject(new Error(reason));
  }
}
