import type { Finding } from '../compare/finding.ts';

/** Why no PASS is given beside a finding that is neither a break nor cleared; undefined where it keeps none. */
export function openQuestion({
  undecided,
  severity,
  accepted,
}: Pick<Finding, 'undecided' | 'severity' | 'accepted'>): string | undefined {
  return severity === 'warning' && !accepted ? undecided : undefined;
}
