import { workloadOf } from '../../calls/operation.ts';
import type { Sides } from '../sides.ts';
import type { Background } from './background.ts';

/** The host that a caller asked the same of by itself, and of which it asks nothing any more. */
export function formerHosts({
  base,
  cand,
}: Sides<Background>): (caller: string, target: string) => string | undefined {
  const former = new Map<string, string>();
  for (const [caller, callees] of base) {
    const still = new Set([...(cand.get(caller)?.keys() ?? [])].map(workloadOf));
    for (const target of callees.keys()) {
      const host = workloadOf(target);
      if (!still.has(host)) former.set(askedOf(caller, target), host);
    }
  }
  return (caller, target) => former.get(askedOf(caller, target));
}

function askedOf(caller: string, target: string): string {
  return `${caller}${target.slice(workloadOf(target).length)}`;
}
