import type { Finding, Severity } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { bySeverity } from '../severity.ts';

/**
 * One cause, one finding. What follows from another finding (`causedBy`) is told as info, under the
 * cause at the end of its chain of causes; the cause weighs as much as the worst that follows from
 * it. A finding whose named cause is not there, or follows from the finding itself, stands by itself.
 */
export function foldEffects(findings: readonly Finding[]): Finding[] {
  const byId = new Map(findings.toReversed().map((finding) => [findingId(finding), finding]));
  const worst = new Map<Finding, Severity>();
  for (const finding of findings) {
    const root = rootOf(finding, byId);
    const known = worst.get(root) ?? root.severity;
    worst.set(root, bySeverity(finding.severity, known) > 0 ? finding.severity : known);
  }
  return findings.map((finding) => {
    const { causedBy, ...itself } = finding;
    const root = rootOf(finding, byId);
    return root === finding
      ? { ...itself, severity: worst.get(finding) ?? finding.severity }
      : { ...itself, severity: 'info', causedBy: findingId(root) };
  });
}

function rootOf(finding: Finding, byId: ReadonlyMap<string, Finding>): Finding {
  const passed = new Set<Finding>();
  let root = finding;
  for (let next: Finding | undefined = finding; next; next = byId.get(root.causedBy ?? '')) {
    if (passed.has(next)) return finding;
    passed.add(next);
    root = next;
  }
  return root;
}
