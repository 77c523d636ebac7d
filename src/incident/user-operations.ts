import { isServiceProtocol } from '../calls/protocol-kind.ts';
import type { IncidentCase } from './incident-case.ts';
import type { Traffic } from './traffic.ts';

/**
 * Operations that users call: those called by what serves nothing in either capture. What only
 * calls stores is a worker in the background, and no user, unless nobody else is seen. By index of
 * `Names.operations`: 1 where it is one.
 */
export function userOperations({ names, good, bad }: IncidentCase): Uint8Array {
  const serves = new Uint8Array(names.workloads.length);
  for (const { callee } of [good, bad]) for (const workload of callee) serves[workload] = 1;
  const entry = new Uint8Array(names.operations.length);
  for (const traffic of [good, bad]) markUsed(traffic, serves, names.outside, entry);
  const asked = entry.map((is, operation) =>
    is === 1 && isServiceProtocol(names.operations[operation]?.protocol ?? '') ? 1 : 0,
  );
  return asked.includes(1) ? asked : entry;
}

function markUsed(
  { size, caller, operation, callee }: Traffic,
  serves: Uint8Array,
  outside: ReadonlySet<number>,
  entry: Uint8Array,
): void {
  for (let row = 0; row < size; row++) {
    if (serves[caller[row] as number] === 1) continue;
    // What goes out of the cluster serves no user.
    if (outside.has(callee[row] as number)) continue;
    entry[operation[row] as number] = 1;
  }
}
