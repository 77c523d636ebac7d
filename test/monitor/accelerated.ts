import type { Clock } from '../../src/support/clock.ts';
import { Hub } from '../hub/hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { MovingRecording } from '../hub/moving-recording.ts';
import { type Serving, serve } from '../hub/serve.ts';
import { HOUR } from './world/time.ts';
import { SLOT, type World } from './world/world.ts';

/** Time that passes only when somebody sleeps. */
export class VirtualClock implements Clock {
  #now: number;
  /** Told of each moment that is reached, before anybody wakes. */
  readonly #passing: (now: number) => Promise<void> | void;

  constructor(start: number, passing: (now: number) => Promise<void> | void = () => {}) {
    this.#now = start;
    this.#passing = passing;
  }

  now = (): number => this.#now;

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#now += Math.max(1, Math.ceil(ms));
    await this.#passing(this.#now);
  }
}

export interface StandIn extends Serving {
  readonly hub: Hub;
}

/** The Hub over a world, on loopback. `retention`: how long it holds a call, ms. */
export async function standIn(
  world: World,
  now: () => number,
  { begin, retention = HOUR }: { readonly begin: number; readonly retention?: number },
  options: Partial<HubOptions> = {},
): Promise<StandIn> {
  const made = (start: number) => world.slot(start);
  const recording = new MovingRecording({ now, retention, begin, step: SLOT, made });
  const hub = new Hub(recording, { jobPolls: 0, ...options });
  return { hub, ...(await serve(hub)) };
}
