/** Smaller steps are what keeping time looks like: ms, and as a share of the time that passed. */
const USUAL = { ms: 1_000, share: 0.001 };

/** Sees whether the machine's clock is set, by the one that only ever runs. */
export class ClockWatch {
  readonly #wall = Date.now();
  readonly #steady = performance.now();

  /** How far the clock was set ahead (or, below 0, back) since this began, ms; 0 where it just ran. */
  moved(): number {
    const passed = performance.now() - this.#steady;
    const moved = Math.round(Date.now() - this.#wall - passed);
    return Math.abs(moved) > Math.max(USUAL.ms, passed * USUAL.share) ? moved : 0;
  }
}
