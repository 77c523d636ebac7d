import { globSync } from 'node:fs';
import { BoundedReader } from './bounded-reader.ts';
import type { Reading } from './our-counts.ts';
import { tsharkCounts } from './tshark-counts.ts';

interface Row {
  captures: number;
  alike: number;
  theirs: number;
  ours: number;
}

/**
 * Reads every capture of packets in folders and compares the calls that are found, by protocol, with
 * those that tshark's own dissectors find: `node scripts/accuracy/samples/main.ts FOLDER…`. Prints a line
 * for each capture, and a table of all. Ends with 1 where one crashed, took over a minute of processor
 * time or half a gibibyte.
 */
const rows = new Map<string, Row>();
const reader = new BoundedReader();
const ends = { read: 0, refused: 0, crashed: 0 };
for (const file of filesIn(process.argv.slice(2))) {
  const outcome = await reader.read(file);
  if ('reading' in outcome) {
    ends.read++;
    tell(file, await compared(file, outcome.reading));
  } else if ('refused' in outcome) {
    ends.refused++;
    tell(file, `refused: ${outcome.refused}`);
  } else {
    ends.crashed++;
    tell(file, `CRASHED: ${outcome.crashed}`);
  }
}
await reader.close();

process.stdout.write(
  `\n${ends.read} captures were read, ${ends.refused} refused by tshark, ${ends.crashed} crashed.\n\n` +
    '| protocol | captures | alike | calls by tshark | calls here |\n| --- | --- | --- | --- | --- |\n',
);
for (const [protocol, { captures, alike, theirs, ours }] of [...rows].sort()) {
  process.stdout.write(`| ${protocol} | ${captures} | ${alike} | ${theirs} | ${ours} |\n`);
}
if (ends.crashed > 0) process.exitCode = 1;

function filesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) => globSync(`${folder}/**/*.{pcap,pcapng,cap,trace,gz}`).sort());
}

/** What a capture holds of each protocol, and what else was met in it. */
async function compared(file: string, { counts, ports, met }: Reading): Promise<string> {
  const theirs = await tsharkCounts(file, ports);
  const told: string[] = [];
  for (const protocol of [...new Set([...counts.keys(), ...theirs.keys()])].sort()) {
    const row = rows.get(protocol) ?? { captures: 0, alike: 0, theirs: 0, ours: 0 };
    const [our, their] = [counts.get(protocol) ?? 0, theirs.get(protocol) ?? 0];
    row.captures++;
    row.ours += our;
    row.theirs += their;
    if (our === their) row.alike++;
    rows.set(protocol, row);
    told.push(our === their ? `${protocol} ${our}` : `${protocol} ${their} by tshark, ${our} here`);
  }
  return [...told, met].filter(Boolean).join('; ');
}

function tell(file: string, what: string): void {
  process.stdout.write(`${file}: ${what}\n`);
}
