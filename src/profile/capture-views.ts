import type { Call } from '../calls/call.ts';
import type { Json } from '../support/json.ts';
import { KeptNames, MAX_NAME } from './kept-names.ts';
import { count, list, text } from './schema/json-read.ts';

const MAX_NODES = 64;

export type Role = 'client' | 'server';
export const ROLES: readonly Role[] = ['client', 'server'];

/** Calls with this end on a node and the other on another: all of them, and those the node saw. */
export interface View {
  ends: number;
  seen: number;
}

type NodeViews = Readonly<Record<Role, View>>;

/**
 * How much each node saw of the calls between nodes that its pods made and served. A node that sees
 * them in one capture and not in another has no working eyes there. Mergeable.
 */
export class Views {
  readonly #nodes = new KeptNames(MAX_NODES, none);

  /** In code-unit order of the nodes. */
  get nodes(): readonly (readonly [node: string, views: NodeViews])[] {
    return this.#nodes.entries();
  }

  observe(call: Call): void {
    const [client, server] = [call.src.node, call.dst.node];
    if (client === undefined || server === undefined || client === server) return;
    this.#count(client, 'client', call);
    this.#count(server, 'server', call);
  }

  merge(other: Views): void {
    for (const [node, theirs] of other.#nodes.entries()) {
      const ours = this.#nodes.at(node);
      if (!ours) continue;
      for (const role of ROLES) {
        ours[role].ends += theirs[role].ends;
        ours[role].seen += theirs[role].seen;
      }
    }
  }

  toJSON(): Json {
    return this.#nodes
      .entries()
      .map(([node, views]) => [node, ...ROLES.flatMap((r) => [views[r].ends, views[r].seen])]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Views {
    const views = new Views();
    for (const entry of list(json, MAX_NODES)) {
      const [node, ...counts] = list(entry, 1 + 2 * ROLES.length);
      const at = views.#nodes.at(text(node, MAX_NAME)) ?? none();
      ROLES.forEach((role, i) => {
        at[role].ends = count(counts[2 * i]);
        at[role].seen = count(counts[2 * i + 1]);
      });
    }
    return views;
  }

  #count(node: string, role: Role, { node: first, sightings }: Call): void {
    const view = this.#nodes.at(node)?.[role];
    if (!view) return;
    view.ends++;
    if (first === node || sightings?.some((sighting) => sighting.node === node)) view.seen++;
  }
}

function none(): NodeViews {
  return { client: { ends: 0, seen: 0 }, server: { ends: 0, seen: 0 } };
}
