import { z } from 'zod';
import { time } from '../record-fields.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';
import type { Window } from './options.ts';

/** What the Hub still holds, Unix ms. */
export interface Boundaries {
  readonly oldest: number;
  readonly newest: number;
}

const stamp = z.unknown().transform(time);
const answer = z.object({
  cluster: z.object({ oldest_ts: stamp, newest_ts: stamp }).nullish(),
  dissection_enabled: z.boolean().nullish(),
});

/** Boundaries by the tool, or nothing when it is missing, declines, or there is no data. */
export async function readBoundaries(
  hub: HubClient,
  tool: 'get_data_boundaries' | 'get_l7_data_boundaries',
): Promise<{ range: Boundaries | undefined; dissection: boolean | undefined }> {
  if (!(await hub.tools()).has(tool)) return { range: undefined, dissection: undefined };
  try {
    const { cluster, dissection_enabled } = await hub.call(tool, {}, answer);
    const [oldest, newest] = [cluster?.oldest_ts, cluster?.newest_ts];
    return {
      range: oldest && newest ? { oldest, newest } : undefined,
      dissection: dissection_enabled ?? undefined,
    };
  } catch (error) {
    if (error instanceof HubFailure && (error.kind === 'refused' || error.kind === 'changed')) {
      return { range: undefined, dissection: undefined };
    }
    throw error;
  }
}

/** Head and tail in ms that a window lacks; both undefined when nothing of it is there. */
export function uncovered(window: Window, range: Boundaries) {
  const none = range.newest < window.start || range.oldest > window.end;
  const width = window.end - window.start;
  const [head, tail] = [range.oldest - window.start, window.end - range.newest];
  return {
    none,
    /** The oldest entry may be a little later than the moment when recording began. */
    head: head > Math.max(5000, width * 0.05) ? head : 0,
    /** Entries lag, and the last minute may have been quiet; of a short window, its last half. */
    tail: tail > Math.max(Math.min(60_000, width * 0.5), width * 0.1) ? tail : 0,
  };
}
