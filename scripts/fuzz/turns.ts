/** A turn that was taken already. */
interface Taken {
  readonly target: string;
  readonly processorMs: number;
}

export interface Turn {
  readonly name: string;
  /** From 1. */
  readonly round: number;
}

/**
 * Whose turn it is: theirs who had the least processor time, earlier runs included; once each where no
 * deadline is given.
 */
export class Turns {
  readonly #deadline: number | undefined;
  readonly #had: Map<string, { rounds: number; processorMs: number; isAtIt: boolean }>;

  constructor(names: readonly string[], deadline: number | undefined, earlier: readonly Taken[]) {
    this.#deadline = deadline;
    this.#had = new Map(names.map((name) => [name, { rounds: 0, processorMs: 0, isAtIt: false }]));
    for (const { target, processorMs } of deadline === undefined ? [] : earlier) {
      const had = this.#had.get(target);
      if (!had) continue;
      had.rounds++;
      had.processorMs += processorMs;
    }
  }

  next(): Turn | undefined {
    if (this.#deadline !== undefined && Date.now() >= this.#deadline) return undefined;
    const free = [...this.#had].filter(
      ([, { rounds, isAtIt }]) => !isAtIt && (this.#deadline !== undefined || rounds === 0),
    );
    const [first, ...others] = free;
    if (!first) return undefined;
    const [name, had] = others.reduce(
      (least, one) => (one[1].processorMs < least[1].processorMs ? one : least),
      first,
    );
    had.isAtIt = true;
    return { name, round: ++had.rounds };
  }

  took(name: string, processorMs: number): void {
    const had = this.#had.get(name);
    if (!had) return;
    had.isAtIt = false;
    had.processorMs += processorMs;
  }
}
