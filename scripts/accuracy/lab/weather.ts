import type { Draws } from './draws.ts';
import type { Errors, System } from './system.ts';

const STEP_MS = 2_500;
/** Latency grows with the load to this power. */
const LOAD_POWER = 0.2;
/** Share of the calls of a burst that fail. */
const BURST_SHARE = 0.3;

/**
 * What all operations of a run meet alike: a slow common movement of latencies (a first-order
 * autoregressive logarithm that takes a step every 2.5 s), and a load that rises and falls once
 * (a sine of the window's length with a phase of the run's own).
 */
export class Weather {
  readonly #steps: readonly number[];
  readonly #swing: number;
  readonly #phase: number;
  readonly #run: number;
  readonly length: number;

  constructor(system: System, length: number, draws: Draws) {
    const { persistence, weather, swing, runDrift } = system;
    this.length = length;
    this.#swing = swing;
    this.#phase = draws.uniform(0, 2 * Math.PI);
    this.#run = runDrift * draws.normal();
    const innovation = weather * Math.sqrt(1 - persistence ** 2);
    const steps = [weather * draws.normal()];
    while (steps.length * STEP_MS < length + STEP_MS) {
      steps.push(persistence * (steps.at(-1) as number) + innovation * draws.normal());
    }
    this.#steps = steps;
  }

  /** By what latencies are multiplied at a time (ms from the start of the window). */
  factor(time: number): number {
    const step = Math.max(0, Math.min(this.#steps.length - 1, Math.floor(time / STEP_MS)));
    return Math.exp(this.#run + (this.#steps[step] as number)) * this.load(time) ** LOAD_POWER;
  }

  /** Load relative to its mean. */
  load(time: number): number {
    return 1 + this.#swing * Math.sin((2 * Math.PI * time) / this.length + this.#phase);
  }

  /** When a request comes: times drawn by the load (by rejection), ms from the start. */
  arrival(draws: Draws): number {
    for (;;) {
      const time = draws.uniform(0, this.length);
      if (draws.uniform(0, 1 + this.#swing) < this.load(time)) return time;
    }
  }
}

/** Whether a call at a time fails with an error, given the bursts that the run happened to have. */
export type Failing = (time: number, draws: Draws) => boolean;

/** Errors one by one, or in a Poisson number of bursts that together make the share. */
export function failingOf({ share, bursts }: Errors, length: number, draws: Draws): Failing {
  if (bursts === 0) return (_, own) => own.chance(share);
  const duration = (share * length) / (bursts * BURST_SHARE);
  const starts = Array.from({ length: draws.poisson(bursts) }, () => draws.uniform(0, length));
  return (time, own) =>
    starts.some((start) => time >= start && time < start + duration) && own.chance(BURST_SHARE);
}
