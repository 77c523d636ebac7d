import { findingId } from '../compare/finding-id.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO, Outcome } from './command.ts';
import { keepPackets, MAX_CALLS } from './keep-packets.ts';
import type { Inputs } from './options.ts';

/**
 * The outcome and, where it is a FAIL and `--evidence-pcap` asks for them, the packets of the
 * connections that show it. What keeps them away is told, and changes no verdict. Without a span,
 * that of the candidate's calls counts.
 */
export async function withPackets(
  outcome: Outcome,
  span: Window | undefined,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const { judgement } = outcome;
  if (inputs.evidencePcap === undefined || judgement?.verdict !== 'FAIL') return outcome;
  const { start, end } = judgement.capture.candidate;
  const window = span ?? (start === null || end === null ? undefined : { start, end });
  if (window === undefined) return outcome;
  return keepPackets(outcome, evidenceOf(judgement), window, inputs, io);
}

/** The candidate's calls that show what breaks, each with the findings that name it. */
function evidenceOf({ findings }: Judgement): Map<string, { findings: string[] }> {
  const wanted = new Map<string, { findings: string[] }>();
  for (const finding of findings) {
    if (finding.severity !== 'breaking' || finding.accepted) continue;
    for (const { callId, side } of finding.evidence) {
      if (side !== 'candidate') continue;
      const known = wanted.get(callId);
      if (known) known.findings.push(findingId(finding));
      else if (wanted.size < MAX_CALLS) wanted.set(callId, { findings: [findingId(finding)] });
    }
  }
  return wanted;
}
