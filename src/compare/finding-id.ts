import type { Finding } from './finding.ts';

/** What `causedBy` says of a finding. */
export function findingId({ rule, operation, path }: Finding): string {
  return [rule, operation, path].filter((part) => part !== undefined).join(' ');
}
