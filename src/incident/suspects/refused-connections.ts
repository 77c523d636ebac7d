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
