import type { Comparison } from '../compare.ts';
import { findingId } from '../finding-id.ts';
import { findingFilters } from './finding-filter.ts';
import { type OperationChanges, viewOperations } from './operations.ts';

/**
 * A comparison with what people need to follow it: the operations on both sides, and each finding
 * with its name and with the filter that shows such calls in Kubeshark.
 */
export function showable<T extends Pick<Comparison, 'findings' | 'pairing'>>(
  comparison: T,
): T & { readonly operations: OperationChanges } {
  const { findings, pairing } = comparison;
  const filterOf = findingFilters(pairing);
  return {
    ...comparison,
    findings: findings.map((finding) => {
      const kfl = filterOf(finding);
      return { id: findingId(finding), ...finding, ...(kfl !== undefined && { kfl }) };
    }),
    operations: viewOperations(findings, pairing),
  };
}
