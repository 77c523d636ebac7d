import type { Finding } from '../../compare/finding.ts';

/** What findings count as, worst first: an accepted one counts as nothing else. */
export const WEIGHTS = ['breaking', 'warning', 'info', 'accepted'] as const;
export type Weight = (typeof WEIGHTS)[number];

export function countsAs({ severity, accepted }: Finding): Weight {
  return accepted ? 'accepted' : severity;
}
