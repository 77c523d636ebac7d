import { ABSENT, IntTable } from './int-table.ts';
import { Rows } from './rows.ts';

/** How far a call outlives the handled call that caused it. */
export type Overrun = 0 | 1 | 2;

/** Timestamps are whole milliseconds: a call within this (ms) of its cause's end may lie inside it. */
const ROUNDING = 1;
/** Up to here (ms) host clocks that differ may explain an overrun. */
const CLOCKS = 4;
/** Shares before anything is learned, and their weight in calls. */
const AT_FIRST = [0.96, 0.02, 0.02] as const;
const WEIGHT = 20;

/** `over`: ms from the cause's end to the call's end; NaN when either is unknown. */
export function overrun(over: number): Overrun {
  return over > CLOCKS ? 2 : over > ROUNDING ? 1 : 0;
}

/** How often calls of a kind outlive the handled call that caused them: nobody awaits them. */
export class Detachment {
  readonly #stride: number;
  readonly #kinds = new IntTable();
  readonly #shares = new Rows(AT_FIRST.length);

  constructor(operations: number) {
    this.#stride = operations;
  }

  add(parent: number, child: number, how: Overrun, weight: number): void {
    this.#shares.increase(this.#kinds.add(parent * this.#stride + child), how, weight);
  }

  /** To be called once all has been added: turns counts into shares. */
  settle(): void {
    for (let kind = 0; kind < this.#kinds.size; kind++) {
      const row = this.#shares.at(kind);
      const all = row.reduce((sum, n) => sum + n, WEIGHT);
      for (const [how, share] of AT_FIRST.entries()) {
        row[how] = ((row[how] as number) + share * WEIGHT) / all;
      }
    }
  }

  /** Probability. */
  share(parent: number, child: number, how: Overrun): number {
    const kind = this.#kinds.get(parent * this.#stride + child);
    return kind === ABSENT ? AT_FIRST[how] : this.#shares.get(kind, how);
  }
}
