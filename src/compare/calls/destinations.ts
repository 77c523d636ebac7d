import { workloadOf } from '../../calls/operation.ts';
import type { Family } from '../../calls/target.ts';
import type { SideName, Sides } from '../sides.ts';
import type { Background } from './background.ts';
import { isLookup, isNameOf, lookupOf } from './lookup.ts';
import type { OutcomePair } from './pair.ts';

/** Whom each workload called, over all its operations and its background work. */
export class Destinations {
  readonly #callees = new Map<string, Set<string>>();
  readonly #targets = new Map<string, Set<string>>();

  add(caller: string, callee: string, target: string): void {
    put(this.#callees, caller, callee);
    put(this.#targets, caller, target);
  }

  hasCallee(caller: string, callee: string): boolean {
    return this.#callees.get(caller)?.has(callee) === true;
  }

  targetsOf(caller: string): ReadonlySet<string> {
    return this.#targets.get(caller) ?? new Set();
  }

  /** Whether it is a question for the address of whom the caller called. */
  isLookupOfCallee(caller: string, family: Family, target: string): boolean {
    const name = isLookup(family) ? lookupOf(target)?.name : undefined;
    if (name === undefined) return false;
    return [...(this.#callees.get(caller) ?? [])].some((callee) => isNameOf(name, callee));
  }

  hasTarget(caller: string, target: string): boolean {
    return this.targetsOf(caller).has(target);
  }
}

/** Whom they called on each side; `pairs`: every operation, its outcomes as one. */
export function destinationsOf(
  pairs: readonly OutcomePair[],
  background: Sides<Background>,
): Sides<Destinations> {
  const on = (side: SideName) => {
    const known = new Destinations();
    for (const pair of pairs) {
      for (const child of pair[side].children.values()) {
        known.add(workloadOf(pair.operation), child.family.workload, child.name);
      }
    }
    for (const [caller, callees] of background[side]) {
      for (const [target, { family }] of callees) known.add(caller, family.workload, target);
    }
    return known;
  };
  return { base: on('base'), cand: on('cand') };
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
