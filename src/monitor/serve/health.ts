import { access, constants } from 'node:fs/promises';
import type { SlotListener } from '../slot-listener.ts';
import { type Answer, plainAnswer } from './answer.ts';

/** After so many intervals, and so long at least (ms), what has not happened is told. */
const PATIENCE = 3;
const LEAST_PATIENCE_MS = 300_000;

export interface HealthOptions {
  /** Of the monitor, ms. */
  readonly interval: number;
  readonly stateDir: string;
  /** Unix ms. */
  readonly now: () => number;
}

/** Whether a monitor lives, and whether it can do its work: what `/healthz` and `/readyz` answer. */
export class Health implements SlotListener {
  readonly #now: () => number;
  readonly #patience: number;
  readonly #stateDir: string;
  #came: number;
  #looked = false;
  /** By scope: since when the Hub could not be asked. */
  readonly #blind = new Map<string, number>();

  readonly #unkept = new Set<string>();

  constructor({ interval, stateDir, now }: HealthOptions) {
    this.#now = now;
    this.#patience = Math.max(PATIENCE * interval, LEAST_PATIENCE_MS);
    this.#stateDir = stateDir;
    this.#came = now();
  }

  slot(): void {
    this.round();
  }

  round(): void {
    this.#came = this.#now();
    this.#looked = true;
  }

  blind(scope: string, state: { readonly since: number } | undefined): void {
    if (state) this.#blind.set(scope, state.since);
    else this.#blind.delete(scope);
  }

  unkept(scope: string, reason: string | undefined): void {
    if (reason === undefined) this.#unkept.delete(scope);
    else this.#unkept.add(scope);
  }

  /** 503 when the loop has not come round for long: it hangs. */
  healthz(): Answer {
    const ago = this.#now() - this.#came;
    return ago <= this.#patience
      ? plainAnswer(200, 'ok')
      : plainAnswer(503, `the loop has not come round for ${inSeconds(ago)}`);
  }

  /** 503 while it can't watch: before its first look, while the Hub is away, or nothing can be kept. */
  async readyz(): Promise<Answer> {
    if (!this.#looked) return plainAnswer(503, 'it has not looked yet');
    const since = Math.min(...this.#blind.values());
    const ago = this.#now() - since;
    if (ago > this.#patience) {
      return plainAnswer(503, `the Hub has not answered for ${inSeconds(ago)}`);
    }
    const writable = await access(this.#stateDir, constants.W_OK).then(
      () => true,
      () => false,
    );
    return writable && this.#unkept.size === 0
      ? plainAnswer(200, 'ready')
      : plainAnswer(503, 'the directory of the state is not writable');
  }
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
