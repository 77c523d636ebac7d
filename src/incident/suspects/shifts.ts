import type { Cell } from './cells.ts';

/** ms by which all calls out of a caller are slower alike, by caller and callee. */
export type Shifts = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Calls that an edge needs before it says anything of another. */
const FEW = 5;
/** Standard errors from which on what the edges out of a caller have in common is its doing. */
const SURE = 3;

/**
 * What of its slower calls is a caller's own doing: its processor or its network. Where others ask
 * the same of the same callee, it is what they don't see; of callees that nobody else calls, what most of the
 * caller's edges have in common.
 */
export function shiftsOf(cells: readonly Cell[]): Shifts {
  const edges = edgesOf(cells).filter(({ calls }) => calls >= FEW);
  const callers = new Map<number, Edge[]>();
  for (const edge of edges) callers.set(edge.caller, [...(callers.get(edge.caller) ?? []), edge]);
  const shifts = new Map<number, Map<number, number>>();
  const called = new Set(cells.map(({ callee }) => callee));
  for (const [caller, out] of callers) {
    // Of those who only call, users above all, nothing is seen that could be at fault.
    if (!called.has(caller)) continue;
    const beyond = out.map((edge) => beyondOthers(edge, edges));
    // A single callee that nobody else calls can't be told from its caller.
    if (beyond.length < 2 && beyond.every(({ others }) => others === 0)) continue;
    const common = lowerMedian(beyond.map(({ rest }) => rest));
    const error = lowerMedian(beyond.map(({ edge }) => edge.error));
    if (common <= SURE * error) continue;
    const parts = beyond.map(({ edge, others, rest }) => {
      const part = others === 0 ? Math.min(rest, common) : rest;
      return [edge.callee, Math.max(0, part)] as const;
    });
    shifts.set(caller, new Map(parts));
  }
  return shifts;
}

interface Edge {
  readonly caller: number;
  readonly callee: number;
  /** ms a call. */
  readonly excess: number;
  readonly error: number;
  readonly calls: number;
  readonly operations: readonly Cell[];
}

/** What an edge's calls are slower by than those of others to the same callee, where both ask it for the same. */
function beyondOthers(edge: Edge, edges: readonly Edge[]) {
  const others = edges.filter(
    (other) => other.callee === edge.callee && other.caller !== edge.caller && isLike(edge, other),
  );
  const least = Math.min(...others.map(({ excess, error }) => Math.max(0, excess) + error));
  return {
    edge,
    others: others.length,
    rest: others.length === 0 ? edge.excess : edge.excess - least,
  };
}

/** Operations that are slower by so unlike times have nothing in common but who serves them. */
const ALIKE = 0.5;

/**
 * Whether another edge says what the callee's part is: by an operation that both call; else where all
 * that this one calls is slower alike, which one operation's doing is not.
 */
function isLike({ operations }: Edge, other: Edge): boolean {
  if (operations.some(({ operation }) => other.operations.some((o) => o.operation === operation)))
    return true;
  const told = operations.filter(({ bad }) => bad.size >= FEW).map(({ excess }) => excess);
  return told.length > 1 && Math.min(...told) > ALIKE * Math.max(...told);
}

/** Its operations together, each as often as the incident calls it. */
function edgesOf(cells: readonly Cell[]): Edge[] {
  const edges = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (cell.bad.size === 0 || cell.good.size === 0) continue;
    const key = `${cell.caller} ${cell.callee}`;
    edges.set(key, [...(edges.get(key) ?? []), cell]);
  }
  return [...edges.values()].map((operations) => {
    const [{ caller, callee }] = operations as [Cell];
    let [sum, variance, calls] = [0, 0, 0];
    for (const { excess, error, bad } of operations) {
      sum += excess * bad.size;
      variance += (error * bad.size) ** 2;
      calls += bad.size;
    }
    const error = Math.sqrt(variance) / calls;
    return { caller, callee, calls, excess: sum / calls, error, operations };
  });
}

function lowerMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}
