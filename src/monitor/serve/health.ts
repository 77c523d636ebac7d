import { type Answer, plainAnswer } from './answer.ts';

/** After so many intervals without a turn of the loop, or an answer of the Hub, it counts as stuck. */
const PATIENCE = 3;
const LEAST_PATIENCE_MS = 60_000;

/** Whether a monitor lives, and whether it can do its work: what `/healthz` and `/readyz` answer. */
export class Health {
  readonly #now: () => number;
  readonly #patience: number;
  #turned: number;
  #answered: number | undefined;
  #writable = true;

  /** `interval` in ms; `now` in Unix ms. */
  constructor(interval: number, now: () => number) {
    this.#now = now;
    this.#patience = Math.max(PATIENCE * interval, LEAST_PATIENCE_MS);
    this.#turned = now();
  }

  /** The loop has come round. */
  turned(): void {
    this.#turned = this.#now();
  }

  /** The Hub has answered. */
  answered(): void {
    this.#answered = this.#now();
  }

  /** The state was written to disk, or could not be. */
  wrote(done: boolean): void {
    this.#writable = done;
  }

  healthz(): Answer {
    const ago = this.#now() - this.#turned;
    return ago <= this.#patience
      ? plainAnswer(200, 'ok')
      : plainAnswer(503, `the loop has not come round for ${inSeconds(ago)}`);
  }

  readyz(): Answer {
    if (this.#answered === undefined) return plainAnswer(503, 'the Hub has not answered yet');
    const ago = this.#now() - this.#answered;
    if (ago > this.#patience) {
      return plainAnswer(503, `the Hub has not answered for ${inSeconds(ago)}`);
    }
    return this.#writable
      ? plainAnswer(200, 'ready')
      : plainAnswer(503, 'the state could not be written');
  }
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
