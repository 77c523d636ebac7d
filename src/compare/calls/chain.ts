import type { OutcomePair } from './pair.ts';

const LONGEST = 16;

/** From the entry operation to an operation, by the busiest caller at each step; itself the last. */
export function chains(pairs: readonly OutcomePair[]): (operation: string) => string[] {
  const callers = new Map<string, { operation: string; calls: number }>();
  for (const { operation, base, cand } of pairs) {
    for (const side of [base, cand]) {
      for (const { name, stats } of side.children.values()) {
        if (name === operation) continue;
        const known = callers.get(name);
        if (!known || stats.calls > known.calls) {
          callers.set(name, { operation, calls: stats.calls });
        }
      }
    }
  }
  return (operation) => {
    const chain = [operation];
    while (chain.length < LONGEST) {
      const caller = callers.get(chain[0] as string)?.operation;
      if (caller === undefined || chain.includes(caller)) break;
      chain.unshift(caller);
    }
    return chain;
  };
}
