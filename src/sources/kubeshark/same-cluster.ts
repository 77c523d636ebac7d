import { z } from 'zod';
import { CaptureError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';

const TOOLS = ['get_data_boundaries', 'get_l7_data_boundaries'] as const;
const MOST_NAMED = 3;

const answer = z.object({
  nodes: z.array(z.union([z.string(), z.looseObject({ node: z.string().nullish() })])).nullish(),
});

/**
 * Sees to it that one cluster answers from the first question to the last. A kube context that is
 * switched, or a name that leads elsewhere, would give calls of two.
 */
export class SameCluster {
  readonly #hub: HubClient;
  #nodes: ReadonlySet<string> | undefined;

  constructor(hub: HubClient) {
    this.#hub = hub;
  }

  /** Throws CaptureError where not one node is among those of the time before. */
  async check(): Promise<void> {
    const now = await nodesOf(this.#hub);
    if (now.size === 0) return;
    const before = this.#nodes;
    this.#nodes = now;
    if (!before || [...now].some((node) => before.has(node))) return;
    throw new CaptureError(
      `The Hub answers for another cluster than before (${this.#hub.transport.name}): its nodes were ${told(before)} and are ${told(now)}`,
      {
        hint: 'see that the kube context and what kubeshark-url leads to stay the same, and capture again',
      },
    );
  }
}

/** Names of the nodes that hold captured traffic; none where the Hub doesn't tell. */
async function nodesOf(hub: HubClient): Promise<ReadonlySet<string>> {
  const tools = await hub.tools();
  const tool = TOOLS.find((name) => tools.has(name));
  if (tool === undefined) return new Set();
  try {
    const { nodes } = await hub.call(tool, {}, answer);
    const names = (nodes ?? []).map((one) => (typeof one === 'string' ? one : (one.node ?? '')));
    return new Set(names.filter((name) => name !== ''));
  } catch (error) {
    if (error instanceof HubFailure && error.kind !== 'unauthorised') return new Set();
    throw error;
  }
}

function told(nodes: ReadonlySet<string>): string {
  const names = [...nodes].sort(byCodeUnit);
  const more = names.length > MOST_NAMED ? ', …' : '';
  return `${names
    .slice(0, MOST_NAMED)
    .map((name) => visible(name, 100))
    .join(', ')}${more}`;
}
