import type { Finding } from '../compare/finding.ts';
import { counted } from '../support/quantity.ts';
import type { Acceptances } from './acceptances.ts';
import { isMeantBy, patternText } from './finding-pattern.ts';
import type { SetAside } from './ignored.ts';
import type { Acceptance, Policy } from './policy.ts';

/** Proposals that are told one by one. */
const MAX_PROPOSALS = 10;

/** What the configuration let pass and what it did not, in plain sentences. */
export function policyReasons(
  findings: readonly Finding[],
  { ignored, idle }: Pick<SetAside, 'ignored' | 'idle'>,
  { expired, untrusted }: Acceptances,
  { proposals }: Policy,
): string[] {
  const reasons: string[] = [];
  const accepted = findings.filter((finding) => finding.accepted);
  const [first] = accepted;
  if (first?.accepted) {
    const { by, expires, reason } = first.accepted;
    const whom = by === undefined ? '' : `by ${by} `;
    reasons.push(
      `${counted(accepted.length, 'difference')} accepted, the first ${whom}until ${expires}: ${first.operation}: ${first.summary} (${reason})`,
    );
  }
  for (const { entry, reason, count } of ignored) {
    reasons.push(`${counted(count, 'finding')} ignored by ${entry}: ${reason}`);
  }
  const [unfit] = idle;
  if (unfit) {
    reasons.push(
      `${counted(idle.length, 'pattern')} of ignore fitted nothing, the first: ${patternText(unfit)} (${unfit.reason})`,
    );
  }
  const missed = expired.filter((entry) => fitsOne(entry, findings));
  const [late] = missed;
  if (late) {
    reasons.push(`${counted(missed.length, 'acceptance')} expired, the first: ${told(late)}`);
  }
  const wanted = untrusted.filter((entry) => fitsOne(entry, findings));
  const [proposed] = wanted;
  if (proposed) {
    reasons.push(
      `${counted(wanted.length, 'acceptance')} proposed here, of no effect until merged or approved, the first: ${told(proposed)}`,
    );
  }
  const left = proposals.length - MAX_PROPOSALS;
  reasons.push(...proposals.slice(0, MAX_PROPOSALS));
  if (left > 0) reasons.push(`proposed here, of no effect until merged or approved: ${left} more`);
  return reasons;
}

function fitsOne(entry: Acceptance, findings: readonly Finding[]): boolean {
  return findings.some((finding) => !finding.accepted && isMeantBy(entry, finding));
}

function told(entry: Acceptance): string {
  return `${patternText(entry)} until ${entry.expires}`;
}
