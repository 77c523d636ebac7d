import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ourCounts } from '../../../scripts/accuracy/samples/our-counts.ts';
import { tsharkCounts } from '../../../scripts/accuracy/samples/tshark-counts.ts';
import type { Call } from '../../../src/calls/call.ts';
import type { Capture, CaptureProblem, Observation } from '../../../src/calls/observation.ts';
import { readPcap } from '../../../src/sources/pcap/read-pcap.ts';
import { startRecording } from '../../../src/sources/pcap/recorder.ts';

export interface Read {
  readonly calls: readonly Call[];
  readonly bad: readonly string[];
  readonly problems: readonly CaptureProblem[];
}

export async function readAll({ batches, problems }: Capture): Promise<Read> {
  const all: Observation[] = [];
  for await (const batch of batches) all.push(...batch);
  return {
    calls: all.flatMap((one) => (one.kind === 'call' ? [one.call] : [])),
    bad: all.flatMap((one) => (one.kind === 'bad' ? [one.reason] : [])),
    problems,
  };
}

/**
 * What is read of the packets that these ports saw on loopback meanwhile; as many calls of each protocol
 * as tshark's own dissectors find.
 */
export async function recorded(
  folder: string,
  ports: readonly number[],
  meanwhile: () => Promise<void>,
): Promise<Read> {
  const file = join(folder, 'loopback.pcap');
  const recording = await startRecording(
    file,
    'lo',
    ports.map((port) => `port ${port}`).join(' or '),
  );
  try {
    await meanwhile();
  } catch (cause) {
    recording.kill();
    throw cause;
  }
  await recording.stop();
  const { counts, ports: spoken } = await ourCounts(file);
  expect(counts).toEqual(await tsharkCounts(file, spoken));
  // Counted from the file, read as a pipe gives it.
  return readAll(readPcap('-', [], createReadStream(file)));
}
