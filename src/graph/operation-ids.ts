import type { Target } from '../calls/target.ts';

/** A family with more targets than this in one block is one operation: its words are values. */
const MAX_TARGETS = 64;
/** A target seen less often in one block shares its family's operation: too few to learn from. */
const MIN_CALLS = 5;

/**
 * Dense ids of what is called, as fine as one block has calls to learn from: the target, or for
 * rare and high-cardinality ones the family and depth.
 */
export function operationIds(targets: readonly Target[]): { ids: Int32Array; count: number } {
  const fine = targets.map(fineKey);
  const families = new Map<string, Map<string, number>>();
  for (const [i, target] of targets.entries()) {
    const key = coarseKey(target);
    let members = families.get(key);
    if (!members) {
      members = new Map();
      families.set(key, members);
    }
    members.set(fine[i] as string, (members.get(fine[i] as string) ?? 0) + 1);
  }
  const dense = new Map<string, number>();
  const ids = new Int32Array(targets.length);
  for (const [i, target] of targets.entries()) {
    const coarse = coarseKey(target);
    const members = families.get(coarse);
    const rare = (members?.get(fine[i] as string) ?? 0) < MIN_CALLS;
    const key = rare || (members?.size ?? 0) > MAX_TARGETS ? coarse : (fine[i] as string);
    let id = dense.get(key);
    if (id === undefined) {
      id = dense.size;
      dense.set(key, id);
    }
    ids[i] = id;
  }
  return { ids, count: dense.size };
}

function coarseKey({ workload, protocol, method, segments }: Target): string {
  return `${segments.length}\n${workload}\n${protocol}\n${method}`;
}

function fineKey(target: Target): string {
  return `${coarseKey(target)}\n${target.segments.join('\n')}`;
}
