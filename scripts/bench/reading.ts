import { recognise } from '../../src/sources/recognise.ts';

/**
 * What reading a capture costs by itself, without profiling it: `node scripts/bench/reading.ts FILE`.
 * The figure of memory is this process's; tshark's comes on top for packets.
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('node scripts/bench/reading.ts FILE');
const format = await recognise(file);
if (format === 'profile') throw new Error('a profile holds no calls');
let calls = 0;
let bad = 0;
for await (const batch of format.read(file, { names: [] }).batches) {
  for (const { kind } of batch) {
    if (kind === 'call') calls++;
    else bad++;
  }
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const figures = {
  format: format.name,
  calls,
  bad,
  peakMegabytes: Math.round(maxRSS / 1024),
  processorSeconds: Number(((userCPUTime + systemCPUTime) / 1e6).toFixed(1)),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
