import type { Finding } from './finding.ts';

/** A finding as reports write it, without what is there to compare findings by. Public JSON. */
export interface PrintedFinding extends Omit<Finding, 'field'> {
  /** Never: who prints a finding that holds it does not compile. */
  readonly field?: never;
}

export function printed({ field, ...finding }: Finding): PrintedFinding {
  return finding;
}
