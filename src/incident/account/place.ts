import type { CascadeStep } from '../investigation.ts';
import type { Names } from '../traffic.ts';

/** An operation, by its index, as it is named in an answer. */
export function placeOf(names: Names, index: number): CascadeStep['from'] {
  const found = names.operations[index];
  if (!found) return { workload: '' };
  return { workload: names.workloads[found.workload] ?? '', operation: found.operation };
}
