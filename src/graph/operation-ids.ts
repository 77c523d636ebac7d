import type { Target } from '../calls/target.ts';
import { once } from '../support/once.ts';

/** A family with more targets than this in one block is one operation: its words are values. */
const MAX_TARGETS = 64;
/** A target seen less often in one block shares its family's operation: too few to learn from. */
const MIN_CALLS = 5;

/**
 * Dense ids of what is called, as fine as one block has calls to learn from: the target, or for
 * rare and high-cardinality ones the family and depth.
 */
export function operationIds(targets: readonly Target[]): { ids: Int32Array; count: number } {
  const fine = new Int32Array(targets.length);
  const known = new Map<string, number>();
  /** By fine id: its coarse id, and how many targets have it. */
  const coarse: number[] = [];
  const counts: number[] = [];
  const families = new Map<string, number>();
  /** By coarse id: how many fine ones it has. */
  const members: number[] = [];
  const idOf = once((target: Target): number => {
    const family = coarseKey(target);
    const key = `${family}\n${target.segments.join('\n')}`;
    let id = known.get(key);
    if (id === undefined) {
      id = known.size;
      known.set(key, id);
      let parent = families.get(family);
      if (parent === undefined) {
        parent = families.size;
        families.set(family, parent);
        members.push(0);
      }
      (members[parent] as number)++;
      coarse.push(parent);
      counts.push(0);
    }
    return id;
  });
  for (const [i, target] of targets.entries()) {
    const id = idOf(target);
    (counts[id] as number)++;
    fine[i] = id;
  }
  // A family's own id comes behind those of the targets.
  const dense = new Int32Array(known.size + families.size).fill(-1);
  let count = 0;
  const ids = fine.map((id) => {
    const parent = coarse[id] as number;
    const alone = (counts[id] as number) >= MIN_CALLS && (members[parent] as number) <= MAX_TARGETS;
    const place = alone ? id : known.size + parent;
    if (dense[place] === -1) dense[place] = count++;
    return dense[place] as number;
  });
  return { ids, count };
}

function coarseKey({ workload, protocol, method, segments }: Target): string {
  return `${segments.length}\n${workload}\n${protocol}\n${method}`;
}
