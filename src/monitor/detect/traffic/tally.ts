import type { OperationMeasure } from '../../measure/operation-measure.ts';
import { isHealthCheck } from '../health-check.ts';

/** What has a rate: a workload served, an operation, a caller of either. */
export type Rated =
  | { readonly kind: 'workload'; readonly workload: string }
  | { readonly kind: 'operation'; readonly workload: string; readonly operation: string }
  | { readonly kind: 'edge'; readonly workload: string; readonly caller: string }
  | { readonly kind: 'made'; readonly operation: string; readonly caller: string };

/** The same text for the same, and for no other. */
export function nameOf(rated: Rated): string {
  switch (rated.kind) {
    case 'workload':
      return JSON.stringify(['w', rated.workload]);
    case 'operation':
      return JSON.stringify(['o', rated.workload, rated.operation]);
    case 'edge':
      return JSON.stringify(['e', rated.workload, rated.caller]);
    case 'made':
      return JSON.stringify(['m', rated.operation, rated.caller]);
  }
}

export function ratedOf(name: string): Rated {
  const [kind, first, second] = JSON.parse(name) as [string, string, string];
  if (kind === 'o') return { kind: 'operation', workload: first, operation: second };
  if (kind === 'e') return { kind: 'edge', workload: first, caller: second };
  if (kind === 'm') return { kind: 'made', operation: first, caller: second };
  return { kind: 'workload', workload: first };
}

/**
 * Adds the calls of a measure to everything that has a rate, by name. Health checks and scrapes go on when
 * nobody else calls: they are none of a workload's own.
 */
export function tally(measure: OperationMeasure, add: (name: string, calls: number) => void): void {
  const { workload, operation } = measure.name;
  const isProbe = isHealthCheck(operation);
  if (!isProbe) add(nameOf({ kind: 'workload', workload }), measure.calls);
  add(nameOf({ kind: 'operation', workload, operation }), measure.calls);
  if (measure.callers.capped) return;
  for (const [caller, calls] of measure.callers.entries()) {
    if (!isProbe) add(nameOf({ kind: 'edge', workload, caller }), calls);
    add(nameOf({ kind: 'made', operation, caller }), calls);
  }
}
