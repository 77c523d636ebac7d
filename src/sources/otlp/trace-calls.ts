import type { SpanGaps } from '../../calls/span-gaps.ts';
import { Kind, type Span } from './span.ts';
import { type CaptureEnd, TraceGaps } from './span-gaps.ts';
import { MAX_DEPTH, type SpanTree } from './span-tree.ts';

/** A call as its spans show it: from the caller's side, the callee's, or both. */
export interface SeenCall {
  readonly id: string;
  /** The exit: a client or producer span. */
  readonly exit: Span | undefined;
  /** The entry: a server or consumer span. */
  readonly entry: Span | undefined;
  /** Who made the call, where one of its spans was seen. */
  readonly caller: Span | undefined;
  /** Who took it, likewise. */
  readonly callee: Span | undefined;
  /** Id of the call that caused it; null where none was seen. */
  readonly cause: string | null;
  /** Which spans around it are there, and which are missing. */
  readonly spans: SpanGaps;
}

/**
 * The calls of one trace. A client span and the server span under it are one call; a message is one
 * call where it is sent and one for each time that it is taken, caused by the former. Internal spans are
 * walked through to find the call whose handling caused a call.
 */
export function callsOfTrace(tree: SpanTree, end: CaptureEnd): SeenCall[] {
  const gaps = new TraceGaps(tree, end);
  const calls: SeenCall[] = [];
  for (const span of tree.spans) {
    if (tree.isExit(span)) calls.push(exitCall(span, tree, gaps));
    if (tree.isEntry(span) && !mergedInto(span, tree)) calls.push(entryCall(span, tree, gaps));
  }
  return calls;
}

function exitCall(exit: Span, tree: SpanTree, gaps: TraceGaps): SeenCall {
  const callee = tree.callee(exit);
  const entry = callee && tree.isEntry(callee) ? callee : undefined;
  const isSeen = callee !== undefined;
  return {
    id: idOf(exit),
    exit,
    entry,
    caller: exit,
    callee,
    cause: causeOf(exit, tree),
    spans: {
      handled: gaps.handled(exit),
      caller: isSeen ? 'there' : undefined,
      callee: isSeen ? 'there' : gaps.callee(exit),
    },
  };
}

function entryCall(entry: Span, tree: SpanTree, gaps: TraceGaps): SeenCall {
  const above = tree.parent(entry);
  const linked = above || entry.links.length !== 1 ? null : (entry.links[0] ?? null);
  return {
    id: idOf(entry),
    exit: undefined,
    entry,
    caller: entry.kind === Kind.consumer ? undefined : above,
    callee: entry,
    cause: causeOf(entry, tree) ?? linked,
    spans: { caller: gaps.caller(entry) },
  };
}

/** The exit of the same call. */
function mergedInto(entry: Span, tree: SpanTree): Span | undefined {
  const above = tree.parent(entry);
  return above && tree.callee(above) === entry && tree.isExit(above) ? above : undefined;
}

/** The call whose handling a span is part of: the nearest entry above, or the message that it takes. */
function causeOf(span: Span, tree: SpanTree): string | null {
  let at = span;
  for (let steps = 0; steps < MAX_DEPTH; steps++) {
    const above = tree.parent(at);
    if (!above) return null;
    if (tree.isTaken(at, above)) return idOf(above);
    if (tree.isEntry(above)) return idOf(mergedInto(above, tree) ?? above);
    at = above;
  }
  return null;
}

function idOf({ trace, id }: Span): string {
  return `${trace}-${id}`;
}
