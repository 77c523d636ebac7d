import type { OperationName } from '../measure/operation-measure.ts';
import { kflOf, type Wanted } from './kfl.ts';

/** The filter for the calls of an operation; `more` narrows it. */
export function operationKfl(name: OperationName, more: Wanted = {}): string {
  const { operation, workload, protocol } = name;
  const [, method, path] = /^(\S+) (\/\S*)$/.exec(operation.slice(workload.length + 1)) ?? [];
  return kflOf({ protocol, callee: workload, method, path, ...more });
}
