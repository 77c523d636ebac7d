import type { SlotView } from './measure/slot-view.ts';
import type { Subject } from './subject.ts';

/**
 * Workloads that a workload called: in this slot, or lately as far as that was learned; also under the
 * name of its pods' owner.
 */
export function calleesOf(
  { operations, servesAs = new Map() }: SlotView,
  learned: (workload: string) => ReadonlySet<string>,
): (workload: string) => ReadonlySet<string> {
  const seen = new Map<string, Set<string>>();
  for (const { name, callers } of operations.values()) {
    if (callers.capped) continue;
    for (const [caller] of callers.entries()) {
      const callees = seen.get(caller);
      if (callees) callees.add(name.workload);
      else seen.set(caller, new Set([name.workload]));
    }
  }
  const names = Map.groupBy(servesAs.keys(), (owner) => servesAs.get(owner) as string);
  return (workload) =>
    new Set(
      [workload, ...(names.get(workload) ?? [])].flatMap((name) => [
        ...learned(name),
        ...(seen.get(name) ?? []),
      ]),
    );
}

/**
 * Whether what an alert is about was called in a slot: without a call, nothing of it got better or worse,
 * and health checks of the workload say nothing of an operation.
 */
export function servedIn({ operations }: SlotView): (subject: Subject) => boolean {
  const served = new Set([...operations.values()].map(({ name }) => name.workload));
  return ({ workload, operation }) =>
    operation === undefined ? served.has(workload) : operations.has(operation);
}
