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
  readonly #counts = new Map<number, [number, number, number]>();
  readonly #logs = new Map<number, readonly number[]>();

  constructor(operations: number) {
    this.#stride = operations;
  }

  add(parent: number, child: number, how: Overrun): void {
    const key = parent * this.#stride + child;
    const counts = this.#counts.get(key);
    if (counts) counts[how]++;
    else this.#counts.set(key, [how === 0 ? 1 : 0, how === 1 ? 1 : 0, how === 2 ? 1 : 0]);
  }

  /** To be called once all has been added. */
  settle(): void {
    for (const [key, counts] of this.#counts) {
      const all = counts[0] + counts[1] + counts[2] + WEIGHT;
      this.#logs.set(
        key,
        AT_FIRST.map((share, how) => Math.log(((counts[how] ?? 0) + share * WEIGHT) / all)),
      );
    }
  }

  /** Log probability. */
  log(parent: number, child: number, how: Overrun): number {
    return (this.#logs.get(parent * this.#stride + child) ?? UNKNOWN)[how] as number;
  }
}

const UNKNOWN = AT_FIRST.map(Math.log);
