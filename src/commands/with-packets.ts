import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from '../calls/call.ts';
import { findingId } from '../compare/finding-id.ts';
import { KnownError } from '../support/errors.ts';
import { grouped } from '../support/quantity.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { openSession } from './capture-profile.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { writeWhole } from './write-file.ts';

/** Calls whose connections are looked for, those of the worst findings first. */
const MAX_CALLS = 200;

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
  try {
    if (window === undefined) return outcome;
    const evidence = await keepPackets(judgement, window, inputs.evidencePcap, inputs, io);
    return { ...outcome, files: { ...outcome.files, evidence } };
  } catch (error) {
    if (!(error instanceof KnownError) || io.signal.aborted) throw error;
    io.progress.warn(`no packets are kept: ${error.message}`);
    return outcome;
  }
}

async function keepPackets(
  judgement: Judgement,
  window: Window,
  dir: string,
  inputs: Inputs,
  io: CommandIO,
): Promise<string> {
  const wanted = evidenceOf(judgement);
  const session = await openSession(inputs, io);
  try {
    const calls = await session.callsNamed(new Set(wanted.keys()), window);
    await mkdir(dir, { recursive: true });
    const dest = join(dir, 'evidence.pcap');
    const maxBytes = inputs.evidenceMaxBytes;
    const exported = await session.exportPcap({ window, calls, dest, maxBytes });
    const { packets, bytes, connections, leftOut, cut } = exported;
    const index = { ...exported, calls: calls.map((call) => describe(call, wanted)) };
    await writeWhole(join(dir, 'evidence.json'), `${JSON.stringify(index, null, 2)}\n`);
    const words = [
      `evidence: ${grouped(packets)} packets (${grouped(bytes)} bytes) of ${grouped(connections)} connections written to ${dest}`,
    ];
    if (leftOut > 0) words.push(`${grouped(leftOut)} more connections left out`);
    if (cut) words.push(`cut at ${grouped(maxBytes)} bytes (--evidence-max-bytes)`);
    io.progress.note(words.join('; '));
    return dest;
  } finally {
    await session.close();
  }
}

/** The candidate's calls that show what breaks, each with the findings that name it. */
function evidenceOf({ findings }: Judgement): Map<string, string[]> {
  const wanted = new Map<string, string[]>();
  for (const finding of findings) {
    if (finding.severity !== 'breaking' || finding.accepted) continue;
    for (const { callId, side } of finding.evidence) {
      if (side !== 'candidate') continue;
      const known = wanted.get(callId);
      if (known) known.push(findingId(finding));
      else if (wanted.size < MAX_CALLS) wanted.set(callId, [findingId(finding)]);
    }
  }
  return wanted;
}

function describe({ id, ts, node, src, dst }: Call, wanted: ReadonlyMap<string, string[]>) {
  const place = ({ ip, port }: Call['src']) => ({ ip, port });
  return { callId: id, node, ts, src: place(src), dst: place(dst), findings: wanted.get(id) };
}
