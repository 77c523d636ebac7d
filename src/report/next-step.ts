import type { Finding } from '../compare/finding.ts';

const ACCEPT = "wireproof accept report.json --reason '…' --expires YYYY-MM-DD";

/** What to do about breaking findings that nobody accepted, as plain text; undefined where there are none. */
export function nextStep(
  findings: readonly Pick<Finding, 'severity' | 'accepted'>[],
  asCode: (text: string) => string = (text) => text,
): string | undefined {
  if (!findings.some(({ severity, accepted }) => severity === 'breaking' && !accepted)) {
    return undefined;
  }
  return (
    `docs/rules.md says of each rule what it means and where to look. Accept what is meant, for a time: ` +
    `${asCode(ACCEPT)} (report.json is what --json prints, and in --report-dir)`
  );
}
