import { Kind, type Span } from './span.ts';

/** So far up a cause is looked for: no service nests deeper. */
export const MAX_DEPTH = 512;

/**
 * The spans of one trace and who is whose parent. An *entry* is where a service takes a call: a server
 * or consumer span, unless it stands inside another of the same service. An *exit* is where it makes
 * one: a client or producer span. Of client spans inside each other (a library, and the HTTP client
 * that it uses) the innermost is what a network would show.
 */
export class SpanTree {
  /** In order of start, each id once. */
  readonly spans: readonly Span[];
  readonly #byId = new Map<string, Span>();
  /** Client spans that another one inside stands for. */
  readonly #wrappers = new Set<Span>();
  /** Client spans to their callee's first span. */
  readonly #callee = new Map<Span, Span>();

  constructor(spans: readonly Span[]) {
    for (const span of spans) if (!this.#byId.has(span.id)) this.#byId.set(span.id, span);
    this.spans = [...this.#byId.values()];
    for (const span of this.spans) {
      const parent = this.parent(span);
      if (
        parent?.kind === Kind.client &&
        this.#arrives(span, parent) &&
        !this.#callee.has(parent)
      ) {
        this.#callee.set(parent, span);
      }
    }
    for (const span of this.spans) this.#markWrappers(span);
  }

  parent({ id, parent }: Span): Span | undefined {
    return parent === undefined || parent === id ? undefined : this.#byId.get(parent);
  }

  /** The callee's first span under a client span, where the callee was seen. */
  callee(span: Span): Span | undefined {
    return this.#callee.get(span);
  }

  isEntry(span: Span): boolean {
    if (span.kind !== Kind.server && span.kind !== Kind.consumer) return false;
    const parent = this.parent(span);
    if (!parent || parent.kind === Kind.client || parent.kind === Kind.producer) return true;
    return !isSame(span, parent);
  }

  isExit(span: Span): boolean {
    if (span.kind === Kind.producer) return true;
    if (span.kind !== Kind.client || this.#wrappers.has(span)) return false;
    return this.#around(span)?.kind !== Kind.producer;
  }

  /** Whether what happens in a span is caused by the call that the span above it makes. */
  isTaken(span: Span, above: Span): boolean {
    if (span.kind === Kind.consumer) {
      return above.kind === Kind.producer || (above.kind === Kind.client && !isSame(span, above));
    }
    return above.kind === Kind.client && !this.isEntry(span) && this.#arrives(span, above);
  }

  /** Whether a span under a client span is its callee's. */
  #arrives(span: Span, parent: Span): boolean {
    return span.kind === Kind.server || (span.kind !== Kind.consumer && !isSame(span, parent));
  }

  /** Marks the client spans of the same service that this one stands inside of. */
  #markWrappers(span: Span): void {
    if (span.kind !== Kind.client && span.kind !== Kind.producer) return;
    const around = this.#around(span);
    if (around?.kind === Kind.client && !this.#callee.has(around)) this.#wrappers.add(around);
  }

  /** The nearest span of the same service around one that is not internal. */
  #around(span: Span): Span | undefined {
    let at = this.parent(span);
    for (let steps = 0; at && steps < MAX_DEPTH; steps++) {
      if (!isSame(at, span)) return undefined;
      if (at.kind >= Kind.server) return at;
      at = this.parent(at);
    }
    return undefined;
  }
}

/** Whether two spans are of one service. */
function isSame(a: Span, b: Span): boolean {
  const [one, other] = [a.service, b.service];
  return one.svc === other.svc && one.pod === other.pod && one.ns === other.ns;
}
