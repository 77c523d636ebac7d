import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPcap } from '../../src/sources/pcap/read-pcap.ts';

const HEADER = 24;
const RECORD = 16;
const ETHERNET = 14;

/**
 * How fast packets become calls: `node scripts/bench/pcap.ts FILE.pcap [TIMES]` repeats a classic
 * little-endian capture of IPv4 on Ethernet, each time later and with other addresses, and reads it.
 */
const [source, times = '10'] = process.argv.slice(2);
if (source === undefined) throw new Error('node scripts/bench/pcap.ts FILE.pcap [TIMES]');
const file = join(tmpdir(), `wireproof-bench-${process.pid}.pcap`);
try {
  const { packets, bytes } = await repeat(await readFile(source), Number(times), file);
  const begin = performance.now();
  const { batches, problems } = readPcap(file);
  let calls = 0;
  for await (const batch of batches) for (const { kind } of batch) if (kind === 'call') calls++;
  const seconds = (performance.now() - begin) / 1000;
  const figures = {
    packets,
    megabytes: Math.round(bytes / 1e6),
    calls,
    problems: problems.length,
    seconds: Number(seconds.toFixed(1)),
    packetsPerSecond: Math.round(packets / seconds),
    callsPerSecond: Math.round(calls / seconds),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await rm(file, { force: true });
}

async function repeat(capture: Buffer, count: number, to: string) {
  const offsets: number[] = [];
  for (let at = HEADER; at + RECORD <= capture.length; ) {
    offsets.push(at);
    at += RECORD + capture.readUInt32LE(at + 8);
  }
  const span = capture.readUInt32LE(offsets.at(-1) ?? HEADER) - capture.readUInt32LE(HEADER) + 1;
  await writeFile(to, capture.subarray(0, HEADER));
  let bytes = HEADER;
  for (let i = 0; i < count; i++) {
    const copy = Buffer.from(capture.subarray(HEADER));
    for (const offset of offsets) {
      const at = offset - HEADER;
      copy.writeUInt32LE(copy.readUInt32LE(at) + i * span, at);
      // The second byte of both addresses.
      const ip = at + RECORD + ETHERNET;
      for (const address of [ip + 13, ip + 17])
        copy[address] = ((copy[address] as number) + i) % 256;
    }
    await writeFile(to, copy, { flag: 'a' });
    bytes += copy.length;
  }
  return { packets: offsets.length * count, bytes };
}
