import type { RecordSide } from '../server-name.ts';
import { serverOf } from './addresses.ts';
import { Kind, type Service, type Span } from './span.ts';
import type { SpanTree } from './span-tree.ts';

const MAX_PEERS = 10_000;

/**
 * Who is behind a server as client spans name it, learned from those calls that both ends were seen
 * of: so a call keeps its callee's name where the callee's span got lost, or was never made because
 * nobody answered. A name behind which several services stand tells none.
 */
export class PeerNames {
  readonly #known = new Map<string, RecordSide | undefined>();

  learn(tree: SpanTree): void {
    for (const span of tree.spans) {
      const callee = span.kind === Kind.client ? tree.callee(span) : undefined;
      const key = callee && keyOf(serverOf(span.attributes));
      if (key !== undefined) this.#note(key, (callee as Span).service);
    }
  }

  /** The service at a server, where that is known. */
  at(server: RecordSide): RecordSide | undefined {
    const key = keyOf(server);
    return key === undefined ? undefined : this.#known.get(key);
  }

  #note(key: string, { svc, ns }: Service): void {
    const known = this.#known.get(key);
    if (!this.#known.has(key)) {
      if (this.#known.size < MAX_PEERS)
        this.#known.set(key, svc === undefined ? undefined : { svc, ns });
    } else if (known && (known.svc !== svc || known.ns !== ns)) this.#known.set(key, undefined);
  }
}

function keyOf({ svc, ip, port }: RecordSide): string | undefined {
  const host = svc ?? ip;
  return host === undefined ? undefined : `${host} ${port ?? ''}`;
}
