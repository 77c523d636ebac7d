import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { withFolder } from '../support/with-file.ts';
import { LeakFinder } from './leaks.ts';
import { plantedRecords } from './planted-records.ts';
import { secretsOf, TEXT_KINDS, TOKEN_KINDS } from './secret-kinds.ts';

const START = 1_700_000_000_000;
const HOUR = 3_600_000;
const planted = (seed: number) => [
  ...secretsOf(TOKEN_KINDS, 4, seed),
  ...secretsOf(TEXT_KINDS, 6, seed),
];
const before = planted(1);
const after = planted(2);
const ndjson = (records: readonly object[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const leaks = new LeakFinder([...before, ...after]);

/** Runs a command line in this process; all that it printed, on either stream. */
async function ran(folder: string, line: string): Promise<string> {
  const printed: string[] = [];
  const sink = { write: (text: string) => printed.push(text), on: () => undefined };
  const argv = line.split(' ').map((word) => word.replaceAll('@', `${folder}/`));
  const signal = AbortSignal.timeout(60_000);
  await runCommandLine(argv, { stdout: sink, stderr: sink, env: {}, signal });
  return printed.join('');
}

async function filesBelow(folder: string): Promise<string> {
  const texts: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    const zstd = entry.name.endsWith('.zst');
    const plain = zstd
      ? zstdDecompressSync(bytes)
      : entry.name.endsWith('.gz')
        ? gunzipSync(bytes)
        : bytes;
    texts.push(`${entry.name}\n${plain.toString()}`);
  }
  return texts.join('\n');
}

describe('200 secrets, each in every field of traffic', () => {
  it('are more than 200, and the finder sees one that leaks', () => {
    expect(before.length).toBeGreaterThan(200);
    for (const { text } of before) expect(leaks.find(`x ${text} y`)).toHaveLength(1);
  });

  it(
    'none of them is seen in what compare, profile, graph, openapi, show and investigate give out',
    () =>
      withFolder(async (folder) => {
        await mkdir(join(folder, 'in'));
        const out = join(folder, 'out');
        await mkdir(out);
        await writeFile(join(folder, 'in/before.ndjson'), ndjson(plantedRecords(before, START)));
        await writeFile(
          join(folder, 'in/after.ndjson'),
          ndjson(plantedRecords(after, START + HOUR)),
        );
        const lines = [
          'profile @in/before.ndjson -o @out/before.json',
          'profile @in/after.ndjson -o @out/after.json --json',
          'compare @out/before.json @out/after.json --report-dir @out/report --min-samples 5',
          'show @out/before.json --json',
          'graph @in/before.ndjson --links --json',
          'graph @in/before.ndjson --mermaid',
          'openapi @in/before.ndjson',
          'investigate @in/after.ndjson --known-good @in/before.ndjson --report-dir @out/incident',
        ];
        for (const line of lines) {
          expect
            .soft({ line, leaks: leaks.find(await ran(folder, line)) })
            .toEqual({ line, leaks: [] });
        }
        expect(leaks.find(await filesBelow(out))).toEqual([]);
      }),
    240_000,
  );
});
