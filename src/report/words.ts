import type { Edge } from '../compare/edges.ts';
import { iso } from '../support/quantity.ts';
import type { CaptureSummary } from '../verdict/judgement.ts';

export { counted, grouped, seconds, wholePercent as percent } from '../support/quantity.ts';

/** A finding's value for people: at most four significant digits, `–` for none. */
export function shown(value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** "2026-01-31T14:30:00.000Z to 2026-01-31T14:40:00.000Z". */
export function period({ start, end }: Pick<CaptureSummary, 'start' | 'end'>): string {
  if (start === null || end === null) return '–';
  return `${iso(start)} to ${iso(end)}`;
}

/** Who calls along an edge: the operation handled, or a workload by itself. */
export function sourceName({ from, caller }: Pick<Edge, 'from' | 'caller'>): string {
  return from ?? `${caller} (by itself)`;
}
