import { AUTHORIZATION } from '../../profile/fanout-child-stats.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';

const PLACES = new Set(AUTHORIZATION.map((name) => `request header ${name}`));

/** The header that a callee misses follows from the caller that no longer sends it. */
export function nameCredentialCauses(findings: readonly Finding[]): Finding[] {
  const missing = findings.filter(({ rule }) => rule === 'call.auth-missing');
  return findings.map((finding) => {
    if (finding.rule !== 'header.removed' || !PLACES.has(finding.path ?? '')) return finding;
    const cause = missing.find(({ path }) => path === finding.operation);
    return cause ? { ...finding, causedBy: findingId(cause) } : finding;
  });
}
