import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { CaptureError } from '../../../src/support/errors.ts';
import { ourCounts } from './our-counts.ts';
import { tsharkCounts } from './tshark-counts.ts';

interface Row {
  captures: number;
  alike: number;
  theirs: number;
  ours: number;
}

/**
 * Reads every capture of packets in a folder and compares the calls that are found, by protocol, with
 * those that tshark's own dissectors find: `node scripts/accuracy/samples/main.ts FOLDER`. Prints each
 * capture where they differ, and a table of all.
 */
const [folder = '.'] = process.argv.slice(2);
const rows = new Map<string, Row>();
let read = 0;
for (const file of globSync(`${folder}/**/*.{pcap,pcapng,cap,trace,gz}`).sort()) {
  try {
    const { counts, ports, met } = await ourCounts(file);
    read++;
    const theirs = await tsharkCounts(file, ports);
    const differing: string[] = [];
    for (const protocol of [...new Set([...counts.keys(), ...theirs.keys()])].sort()) {
      const row = rows.get(protocol) ?? { captures: 0, alike: 0, theirs: 0, ours: 0 };
      const [our, their] = [counts.get(protocol) ?? 0, theirs.get(protocol) ?? 0];
      row.captures++;
      row.ours += our;
      row.theirs += their;
      if (our === their) row.alike++;
      else differing.push(`${protocol} ${their} by tshark, ${our} here`);
      rows.set(protocol, row);
    }
    if (differing.length > 0) tell(file, [...differing, met].filter(Boolean).join('; '));
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    tell(file, error.message);
  }
}

process.stdout.write(`\n${read} captures were read.\n\n`);
process.stdout.write('| protocol | captures | alike | calls by tshark | calls here |\n');
process.stdout.write('| --- | --- | --- | --- | --- |\n');
for (const [protocol, { captures, alike, theirs, ours }] of [...rows].sort()) {
  process.stdout.write(`| ${protocol} | ${captures} | ${alike} | ${theirs} | ${ours} |\n`);
}

function tell(file: string, what: string): void {
  process.stdout.write(`${relative(folder, file)}: ${what}\n`);
}
