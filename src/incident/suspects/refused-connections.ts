import { saysExhausted } from '../failures/exhausted.ts';
import type { Traffic } from '../traffic.ts';

/**
 * Rows of the calls of a workload that were refused since there are no more connections. A store says so
 * before it is asked anything, so that these calls belong to none that the workload handles.
 */
export function refusedConnections(traffic: Traffic, workload: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < traffic.size; row++) {
    if (traffic.caller[row] === workload && saysExhausted(traffic.status(row))) rows.push(row);
  }
  return rows;
}

/**
 * Whether a call was refused for want of connections while no other workload's are: then it is its
 * caller that has taken them all, and not the store that fails.
 */
export function takers(bad: Traffic): (traffic: Traffic, row: number) => boolean {
  const refused = new Map<number, Set<number>>();
  for (let row = 0; row < bad.size; row++) {
    if (!saysExhausted(bad.status(row))) continue;
    const callee = bad.callee[row] as number;
    const callers = refused.get(callee) ?? new Set<number>();
    refused.set(callee, callers);
    callers.add(bad.caller[row] as number);
  }
  return ({ callee, status }, row) =>
    refused.get(callee[row] as number)?.size === 1 && saysExhausted(status(row));
}
