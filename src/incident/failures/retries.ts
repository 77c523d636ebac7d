import type { Traffic } from '../traffic.ts';

const LEAST_HANDLED = 10;
/** Rise of the attempts a handled call that is worth telling. */
const LEAST_RISE = 1.2;

/** Attempts at each operation a handled call that makes any, by operation. */
export function attemptsOf({ size, parent, operation }: Traffic): ReadonlyMap<number, Attempts> {
  const attempts = new Map<number, { calls: number; handled: Set<number> }>();
  for (let row = 0; row < size; row++) {
    const by = parent[row] as number;
    if (by < 0) continue;
    const callee = operation[row] as number;
    let seen = attempts.get(callee);
    if (!seen) {
      seen = { calls: 0, handled: new Set() };
      attempts.set(callee, seen);
    }
    seen.calls++;
    seen.handled.add(by);
  }
  return new Map(
    [...attempts].map(([callee, { calls, handled }]) => [callee, { calls, handled: handled.size }]),
  );
}

export interface Attempts {
  readonly calls: number;
  readonly handled: number;
}

/** How many attempts a handled call makes, before and after, where they rose. */
export function retriesOf(
  before: Attempts | undefined,
  after: Attempts | undefined,
): { readonly before: number; readonly after: number } | undefined {
  if (!before || !after || before.handled < LEAST_HANDLED || after.handled < LEAST_HANDLED)
    return undefined;
  const [was, is] = [before.calls / before.handled, after.calls / after.handled];
  return is >= was * LEAST_RISE ? { before: was, after: is } : undefined;
}
