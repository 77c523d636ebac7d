import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from '../calls/call.ts';
import { KnownError } from '../support/errors.ts';
import { jsonText } from '../support/json-text.ts';
import { grouped } from '../support/quantity.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO, Outcome } from './command.ts';
import { openSession } from './open-session.ts';
import type { Inputs } from './options.ts';
import { writeWhole } from './write-file.ts';

/** Calls whose connections are looked for, the weightiest first. */
export const MAX_CALLS = 200;

/** Calls by id, each with what evidence.json is to say of it. */
export type Wanted = ReadonlyMap<string, object>;

/**
 * The outcome with the packets of the wanted calls' connections, written to `--evidence-pcap`. What
 * keeps them away is told, and changes nothing else.
 */
export async function keepPackets(
  outcome: Outcome,
  wanted: Wanted,
  window: Window,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  if (inputs.evidencePcap === undefined) return outcome;
  try {
    const evidence = await writePackets(wanted, window, inputs.evidencePcap, inputs, io);
    return { ...outcome, files: { ...outcome.files, evidence } };
  } catch (error) {
    if (!(error instanceof KnownError) || io.signal.aborted) throw error;
    io.progress.warn(`no packets are kept: ${error.message}`);
    return outcome;
  }
}

async function writePackets(
  wanted: Wanted,
  window: Window,
  dir: string,
  inputs: Inputs,
  io: CommandIO,
): Promise<string> {
  const session = await openSession(inputs, io);
  try {
    const calls = await session.callsNamed(new Set(wanted.keys()), window);
    await mkdir(dir, { recursive: true });
    const dest = join(dir, 'evidence.pcap');
    const maxBytes = inputs.evidenceMaxBytes;
    const exported = await session.exportPcap({ window, calls, dest, maxBytes });
    const { packets, bytes, connections, leftOut, cut } = exported;
    const index = { ...exported, calls: calls.map((call) => describe(call, wanted)) };
    await writeWhole(join(dir, 'evidence.json'), `${jsonText(index, 2)}\n`);
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

function describe({ id, ts, node, src, dst }: Call, wanted: Wanted) {
  const place = ({ ip, port }: Call['src']) => ({ ip, port });
  return { callId: id, node, ts, src: place(src), dst: place(dst), ...wanted.get(id) };
}
