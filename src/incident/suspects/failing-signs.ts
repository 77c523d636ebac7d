import { cutOffFrom, stillAnswered } from './cut-off.ts';
import type { Context } from './describe.ts';
import { lastResolved } from './last-resolved.ts';

/** Where the way to another may be cut, as by a network policy or a partition, or a wrong address. */
export function cutOffWay(workload: number, { given, evidence }: Context): string[] {
  const cut = cutOffFrom(workload, evidence);
  if (!cut) return [];
  const [name, callee, others] = [[workload], [cut.callee], cut.others].map((some) =>
    some.map((at) => given.names.workloads[at]).join(', '),
  );
  return [
    `They end where they would call ${callee}, to which no call of ${name} is seen any more; ${others} still gets answers from it. So the way from ${name} to ${callee} is cut (a policy, a partition, an address), or ${name} fails right before.`,
  ];
}

/** Whom calls would ask that end once they asked for its name. */
export function resolvedLast(rows: readonly number[], { given, evidence }: Context): string[] {
  const operation = lastResolved(rows, evidence, given.names);
  if (operation === undefined) return [];
  return [
    `The last that they ask for is ${given.names.operations[operation]?.operation}, where known-good calls go on: who has that name may be out of reach.`,
  ];
}

/** Who still gets answers where one caller gets none: it runs, and what that caller asks, or its way, is at fault. */
export function answersOthers(
  workload: number,
  rows: readonly number[],
  { given, evidence }: Context,
): string[] {
  const { traffic } = evidence.bad;
  const callers = new Set(rows.map((row) => traffic.caller[row] as number));
  const [caller, ...more] = callers;
  if (caller === undefined || caller < 0 || more.length > 0) return [];
  const others = stillAnswered(workload, caller, rows, evidence);
  if (others.length === 0) return [];
  const [name, asks, them] = [[workload], [caller], others].map((some) =>
    some.map((at) => given.names.workloads[at]).join(', '),
  );
  return [
    `${name} still answers ${them}, and nothing that ${asks} asks it: either the way from ${asks} to it is cut, or what only ${asks} asks hangs.`,
  ];
}

/** Share of the failing calls that one replica has served, and how probable that may be by its share of all. */
const OF_ONE = 0.9;
const LUCK = 1e-3;

/** Names the replica in which nearly all calls end that fail as these do. */
export function failingReplica(rows: readonly number[], { given, evidence }: Context): string[] {
  const { traffic } = evidence.bad;
  const operations = new Set(rows.map((row) => traffic.operation[row]));
  const endings = new Set(rows.map((row) => traffic.ending[row]));
  const since = Math.min(...rows.map((row) => traffic.ts[row] as number));
  const pods = new Map<number, { calls: number; failing: number }>();
  const all = { calls: 0, failing: 0 };
  for (let row = 0; row < traffic.size; row++) {
    if (!operations.has(traffic.operation[row]) || (traffic.ts[row] as number) < since) continue;
    const pod = traffic.pod[row] as number;
    const at = pods.get(pod) ?? { calls: 0, failing: 0 };
    pods.set(pod, at);
    for (const count of [at, all]) {
      count.calls++;
      if (endings.has(traffic.ending[row])) count.failing++;
    }
  }
  const [worst] = [...pods].sort(([a, x], [b, y]) => y.failing - x.failing || a - b);
  if (!worst || worst[0] < 0 || all.failing === 0) return [];
  const [pod, { calls, failing }] = worst;
  if (failing < OF_ONE * all.failing || (calls / all.calls) ** failing > LUCK) return [];
  return [
    `One of its replicas, ${given.names.pods[pod]}, is the failing one: ${failing} of the ${all.failing} such calls, and ${calls} of the ${all.calls} in all, were served by it.`,
  ];
}
