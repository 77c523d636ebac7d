import type { Finding, Severity } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { bySeverity } from '../severity.ts';

/** A finding for which another one speaks. */
export function toldUnder(finding: Finding, root: Finding): Finding {
  return { ...finding, severity: 'info', causedBy: findingId(root) };
}

/**
 * One cause, one finding. What follows from another finding (`causedBy`) is told as info, under the
 * cause at the end of its chain of causes; the cause weighs as much as the worst that follows from
 * it, and is undecided where an effect is and nothing weighs more. A finding whose named cause is not
 * there, or follows from the finding itself, stands by itself.
 */
export function foldEffects(findings: readonly Finding[]): Finding[] {
  const byId = new Map(findings.toReversed().map((finding) => [findingId(finding), finding]));
  const worst = new Map<Finding, Severity>();
  const undecided = new Map<Finding, string>();
  for (const finding of findings) {
    const root = rootOf(finding, byId);
    const known = worst.get(root) ?? root.severity;
    worst.set(root, bySeverity(finding.severity, known) > 0 ? finding.severity : known);
    if (finding.severity === 'warning' && finding.undecided !== undefined && !undecided.has(root))
      undecided.set(root, finding.undecided);
  }
  return findings.map((finding) => {
    const root = rootOf(finding, byId);
    if (root !== finding) return toldUnder(finding, root);
    const { causedBy, ...itself } = finding;
    const severity = worst.get(finding) ?? finding.severity;
    const open = severity === 'warning' ? undecided.get(finding) : undefined;
    return { ...itself, severity, ...(open !== undefined && { undecided: open }) };
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
