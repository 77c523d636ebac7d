import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../cluster/store.ts';
import { runShop, type ShopRun } from '../shop.ts';
import type { Incident } from './incident.ts';

export interface IncidentOptions {
  readonly seed: number;
  /** Folder for the capture. */
  readonly out: string;
  /** Seconds of good traffic before, and of the incident. Default 25 each. */
  readonly before?: number;
  readonly after?: number;
  /** Requests a second. Default 30. */
  readonly rate?: number;
  readonly store?: Database;
  readonly signal?: AbortSignal;
}

export interface IncidentRun extends ShopRun {
  /** Since when each origin's trouble can be felt, Unix ms: of a surge, that of the load. */
  readonly onsets: readonly number[];
}

/** Runs the shop under steady load, lets the incident happen in the middle, and records all of it. */
export async function runIncident(
  incident: Incident,
  { seed, out, before = 25, after = 25, rate = 30, store, signal }: IncidentOptions,
): Promise<IncidentRun> {
  let onsets: readonly number[] = [];
  const good = Math.round(before * rate);
  const factor = incident.surge ?? 1;
  const run = await runShop({
    seed,
    out,
    rate,
    requests: good + Math.round(after * rate * factor),
    ...incident.options,
    ...(factor !== 1 && { surge: { after: good, factor } }),
    ...(store && { store }),
    ...(signal && { signal }),
    meanwhile: async (shop) => {
      await sleep(before * 1000, undefined, { signal });
      onsets = await incident.strike(shop);
    },
  });
  const { surgedAt } = run.client;
  return { ...run, onsets: surgedAt === undefined ? onsets : [surgedAt] };
}
