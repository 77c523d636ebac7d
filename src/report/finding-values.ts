import type { Finding } from '../compare/finding.ts';
import { shown } from './words.ts';

/** Rules whose values are times in ms; `latency.everywhere` has a ratio, `latency.warm-up` counts. */
const TIMES = /^(?:latency|budget)\.p\d\d-/;

export function isTime(rule: string): boolean {
  return TIMES.test(rule);
}

/** What a finding says was before or is after, with its unit where it is a time; not escaped. */
export function valueWords({ rule }: Pick<Finding, 'rule'>, value: Finding['baseline']): string {
  return typeof value === 'number' && isTime(rule) ? `${shown(value)} ms` : shown(value);
}
