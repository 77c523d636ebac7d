import { CaptureError } from '../support/errors.ts';

/** Bounds how many commands run at once: each may read a whole capture. */
export class Turns {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Throws CaptureError where all turns are taken. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#most) {
      throw new CaptureError(`${this.#most} commands are running already`, {
        hint: 'ask again when one of them has ended',
      });
    }
    this.#taken++;
    try {
      return await work();
    } finally {
      this.#taken--;
    }
  }
}
