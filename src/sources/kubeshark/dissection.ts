import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CaptureError } from '../../support/errors.ts';
import { type Boundaries, readBoundaries } from './boundaries.ts';
import type { HubClient } from './hub-client.ts';

const status = z.object({
  enabled: z.boolean().nullish(),
  dissection_enabled: z.boolean().nullish(),
  active: z.boolean().nullish(),
  status: z.string().nullish(),
});

const anything = z.unknown();
const pollPause = 500;
/** The Hub says 'on' before each worker has heard of it. */
const warmUp = 2000;
const mostPolls = 60;
/** The Hub switches dissection off after five idle minutes. */
const keepAlive = 60_000;

/** Whether the Hub dissects live traffic; undefined when it doesn't tell. */
export async function dissectionOn(hub: HubClient): Promise<boolean | undefined> {
  const { dissection } = await readBoundaries(hub, 'get_l7_data_boundaries');
  if (dissection !== undefined) return dissection;
  if (!(await hub.tools()).has('get_dissection_status')) return undefined;
  const answer = await hub.call('get_dissection_status', {}, status);
  const told = answer.dissection_enabled ?? answer.enabled ?? answer.active;
  if (told !== undefined && told !== null) return told;
  const word = answer.status?.toLowerCase();
  return word === undefined ? undefined : /^(enabled|on|running|active)$/.test(word);
}

/** Switches dissection on and waits until it is. Throws CaptureError when it stays off. */
export async function enableDissection(hub: HubClient): Promise<void> {
  if (!(await hub.tools()).has('enable_dissection')) {
    throw new CaptureError(
      `Dissection is off, and ${hub.transport.name} has no tool to enable it`,
      {
        hint: 'enable dissection in Kubeshark (tap.dissection.enabled=true), or use --route snapshot',
      },
    );
  }
  await hub.call('enable_dissection', {}, anything);
  for (let poll = 0; poll < mostPolls; poll++) {
    if ((await dissectionOn(hub)) !== false) {
      await sleep(warmUp, undefined, { signal: hub.signal });
      return;
    }
    await sleep(pollPause, undefined, { signal: hub.signal });
  }
  throw new CaptureError('Dissection stays off though it was enabled', {
    hint: "look at the Hub's log, or use --route snapshot",
  });
}

/** Keeps dissection from switching itself off during a long run; remembers if it did. */
export class DissectionWatch {
  /** Unix ms when it was found off, by this machine's clock. */
  foundOff: number | undefined;
  /** What the Hub held before the run: what is gone of it since was evicted. */
  readonly heldBefore: Boundaries | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(hub: HubClient, heldBefore: Boundaries | undefined) {
    this.heldBefore = heldBefore;
    this.#timer = setInterval(() => {
      this.#look(hub).catch(() => {});
    }, keepAlive);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(hub: HubClient): Promise<void> {
    if ((await dissectionOn(hub)) !== false) return;
    this.foundOff ??= Date.now();
    await enableDissection(hub);
  }
}
