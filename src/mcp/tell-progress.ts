import { visible } from '../support/escape.ts';
import type { Progress } from '../support/progress.ts';

/** Between two notifications of one step, ms. */
const PAUSE_MS = 200;

interface Told {
  /** One notification; `progress` grows with each. */
  readonly step: (progress: number, message: string) => void;
  readonly log: (level: 'info' | 'warning', line: string) => void;
}

/** Progress of a command as a client hears of it. Steps have totals of their own, which no client could add up. */
export class TellProgress implements Progress {
  readonly #told: Told;
  #label = '';
  #toldAt = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(told: Told) {
    this.#told = told;
  }

  step(label: string, done: number, total?: number): void {
    const now = performance.now();
    if (label === this.#label && done !== total && now - this.#toldAt < PAUSE_MS) return;
    this.#label = label;
    this.#toldAt = now;
    const message = total === undefined ? `${label}: ${done}` : `${label}: ${done} of ${total}`;
    this.#told.step(++this.#count, visible(message));
  }

  note(line: string): void {
    this.#told.log('info', visible(line));
  }

  warn(line: string): void {
    this.#told.log('warning', visible(line));
  }
}
