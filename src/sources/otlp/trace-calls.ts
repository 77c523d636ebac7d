import { Kind, type Span } from './span.ts';
import { MAX_DEPTH, SpanTree } from './span-tree.ts';

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
}

/**
 * The calls of one trace. A client span and the server span under it are one call; a message is one
 * call where it is sent and one for each time that it is taken, caused by the former. Internal spans are
 * walked through to find the call whose handling caused a call.
 */
export function callsOfTrace(spans: readonly Span[]): SeenCall[] {
  const tree = new SpanTree(spans);
  const calls: SeenCall[] = [];
  for (const span of tree.spans) {
    if (tree.isExit(span)) calls.push(exitCall(span, tree));
    if (tree.isEntry(span) && !mergedInto(span, tree)) calls.push(entryCall(span, tree));
  }
  return calls;
}

function exitCall(exit: Span, tree: SpanTree): SeenCall {
  const callee = tree.callee(exit);
  const entry = callee && tree.isEntry(callee) ? callee : undefined;
  return { id: idOf(exit), exit, entry, caller: exit, callee, cause: causeOf(exit, tree) };
}

function entryCall(entry: Span, tree: SpanTree): SeenCall {
  const above = tree.parent(entry);
  const linked = above || entry.links.length !== 1 ? null : (entry.links[0] ?? null);
  return {
    id: idOf(entry),
    exit: undefined,
    entry,
    caller: entry.kind === Kind.consumer ? undefined : above,
    callee: entry,
    cause: causeOf(entry, tree) ?? linked,
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
