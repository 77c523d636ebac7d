import type { SpanState } from '../../calls/span-gaps.ts';
import { Kind, type Span } from './span.ts';
import { MAX_DEPTH, type SpanTree } from './span-tree.ts';

/** A parent may still run when a capture ends, and come no more; so long before its end nothing is missing, ms. */
const MAX_RUNNING = 10_000;

/** The last moments of a capture, in which calls may be part of what had yet to end. */
export class CaptureEnd {
  #end = Number.NEGATIVE_INFINITY;
  #longest = 0;

  note(spans: readonly Span[]): void {
    for (const { start, end } of spans) {
      this.#end = Math.max(this.#end, end);
      this.#longest = Math.max(this.#longest, end - start);
    }
  }

  isNear({ end }: Span): boolean {
    return end > this.#end - Math.min(this.#longest, MAX_RUNNING);
  }
}

/** What the calls of one trace tell of spans around them. Each of these counts once, there or missing. */
export class TraceGaps {
  readonly #tree: SpanTree;
  readonly #end: CaptureEnd;
  readonly #told = new Set<string>();

  constructor(tree: SpanTree, end: CaptureEnd) {
    this.#tree = tree;
    this.#end = end;
  }

  /** What its service was handling: a span that only its own process can have made. */
  handled(exit: Span): SpanState | undefined {
    let at = exit;
    for (let steps = 0; steps < MAX_DEPTH; steps++) {
      if (this.#tree.isEntry(at)) return this.#once(at.id, 'there');
      const above = this.#tree.parent(at);
      if (!above) return this.#missing(at);
      at = above;
    }
    return undefined;
  }

  /** The caller's span of a call that only the callee's tells of; messages may be older than the capture. */
  caller(entry: Span): SpanState | undefined {
    return entry.kind === Kind.consumer || this.#tree.parent(entry)
      ? undefined
      : this.#missing(entry);
  }

  /** The callee's span of a call that only the caller's tells of. Who failed may have reached nobody. */
  callee(exit: Span): SpanState | undefined {
    const isOver = exit.kind !== Kind.client || exit.failed || this.#end.isNear(exit);
    return isOver ? undefined : 'lost';
  }

  #missing(span: Span): SpanState | undefined {
    if (span.parent === undefined || this.#end.isNear(span)) return undefined;
    return this.#once(span.parent, 'lost');
  }

  #once(id: string, state: SpanState): SpanState | undefined {
    if (this.#told.has(id)) return undefined;
    this.#told.add(id);
    return state;
  }
}
