import type { Outcome } from '../commands/command.ts';
import { visible } from '../support/escape.ts';
import { iso } from '../support/quantity.ts';

/** Characters of a text that is an output. */
const MAX_TEXT = 300;

/** What later steps may read: counts, paths and short texts, since a large output breaks their command line. */
export function outputsOf({
  judgement,
  alerts,
  investigation,
  files,
}: Outcome): Record<string, string> {
  const onset = investigation?.began;
  return {
    verdict: judgement?.verdict ?? '',
    findings: judgement ? String(judgement.findings.length) : '',
    alerts: alerts ? String(alerts.filter(({ silenced }) => silenced === undefined).length) : '',
    hypothesis: visible(investigation?.hypothesis ?? '', MAX_TEXT),
    origin: visible(originOf(investigation), MAX_TEXT),
    onset: onset ? iso(onset.at) : '',
    abstained: investigation ? String(investigation.abstained) : '',
    report: files?.report ?? '',
    profile: files?.profile ?? '',
    junit: files?.junit ?? '',
    sarif: files?.sarif ?? '',
    evidence: files?.evidence ?? '',
  };
}

/** Candidates, where nobody is named, are no origin. */
function originOf(investigation: Outcome['investigation']): string {
  if (!investigation || investigation.abstained) return '';
  return investigation.rootCauses[0]?.workload ?? '';
}
