import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RedactionLevel, secretNamesAt } from '../../src/commands/redaction.ts';
import { encodeProfile } from '../../src/profile/codec.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { call, json } from '../support/calls.ts';
import { withFolder } from '../support/with-file.ts';

const FIELDS = ['state', 'mode', 'tenant', 'cache-control'];
const WORDS = ['zulu', 'yankee', 'xray', 'whiskey', 'victor'];

/** The words of traffic that a profile shows at a level, beside names that are called secret. */
function shown(level: RedactionLevel, names: readonly string[], values: readonly string[]) {
  const profiler = new Profiler({ redact: secretNamesAt(level, names) });
  for (let i = 0; i < 60; i++) {
    const at = (n: number) => values[(i + n) % values.length] as string;
    const known = call({
      id: `n/${i}`,
      ts: i * 100,
      to: 'orders',
      path: `/orders?mode=${at(0)}`,
      requestHeaders: new Map([['cache-control', at(1)]]),
      responseBody: json({ state: at(2), tenant: { mode: at(3) } }),
    });
    profiler.push({ kind: 'call', call: known });
  }
  const text = encodeProfile(profiler.finish());
  return WORDS.filter((word) => text.includes(word));
}

describe('a level of redaction', () => {
  it('never shows what a lower one hides, and the highest shows nothing', () => {
    const values = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 });
    const names = fc.subarray([...FIELDS, 'm*', '*']);
    fc.assert(
      fc.property(names, names, values, (some, more, told) => {
        const both = [...new Set([...some, ...more])];
        const lower = shown('personal', some, told);
        for (const word of shown('personal', both, told)) expect(lower).toContain(word);
        expect(shown('all', some, told)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('shows members of enumerations where nothing forbids it', () => {
    expect(shown('personal', [], WORDS)).toEqual(WORDS);
  });
});

/** Plain words, of which each is a value of one field in every call. */
const SECRET = ['quintessence', 'halberdier', 'marzipanesque', 'sarsaparilla', 'flabbergasting'];

const records = (broken: boolean) =>
  Array.from({ length: 200 }, (_, i) => {
    const word = (n: number) => SECRET[(i + n) % SECRET.length] as string;
    return JSON.stringify({
      id: `n/${broken ? 1 : 0}/${i}`,
      ts: 1_700_000_000_000 + (broken ? 3_600_000 : 0) + i * 250,
      src: { svc: 'web', ns: 'shop', node: 'a' },
      dst: { svc: i % 2 ? 'orders' : 'stock', ns: 'shop', node: 'a' },
      node_id: 'a',
      proto: 'http',
      method: 'POST',
      path: `/api/things?mode=${word(0)}`,
      status: broken && i % 3 === 0 ? 500 : 200,
      latency_ms: broken ? 90 : 9,
      req_headers: { 'content-type': 'application/json', 'x-mode': word(1), accept: word(2) },
      resp_headers: { 'content-type': 'application/json', 'cache-control': word(3), vary: word(4) },
      req_body: JSON.stringify({ mode: word(1), note: `about ${word(2)}`, list: [word(3)] }),
      resp_body: JSON.stringify(
        broken && i % 3 === 0
          ? { error: word(2), code: word(4) }
          : { state: broken ? word(1).slice(0, -2) : word(1), deep: { kind: word(4) } },
      ),
    });
  }).join('\n');

async function toldBy(level: string): Promise<string> {
  return withFolder(async (folder) => {
    await mkdir(join(folder, 'in'));
    await writeFile(join(folder, 'in/a.ndjson'), `${records(false)}\n`);
    await writeFile(join(folder, 'in/b.ndjson'), `${records(true)}\n`);
    const told: string[] = [];
    const sink = { write: (text: string) => told.push(text), on: () => undefined };
    for (const line of [
      'profile @in/a.ndjson -o @out/a.json',
      'compare @in/a.ndjson @in/b.ndjson --report-dir @out/report --json',
      'show @out/a.json --json',
      'graph @in/a.ndjson',
      'openapi @in/a.ndjson',
      'investigate @in/b.ndjson --known-good @in/a.ndjson --report-dir @out/incident --json',
    ]) {
      const argv = `${line} --redact ${level}`
        .split(' ')
        .map((word) => word.replaceAll('@', `${folder}/`));
      const signal = AbortSignal.timeout(600_000);
      await runCommandLine(argv, { stdout: sink, stderr: sink, env: {}, signal });
    }
    const out = join(folder, 'out');
    const files = await readdir(out, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      told.push(await readFile(join(file.parentPath, file.name), 'utf8'));
    }
    return told.join('\n');
  });
}

describe('what commands print and write', () => {
  const seen = (text: string) => SECRET.filter((word) => text.includes(word.slice(0, 8)));

  it('holds no value of traffic at the level all, and the names', async () => {
    const told = await toldBy('all');
    expect(seen(told)).toEqual([]);
    expect(told).toContain('"verdict":"FAIL"');
    for (const name of ['mode', 'deep', 'cache-control', 'orders']) expect(told).toContain(name);
  });

  it('shows some at the usual one', async () => {
    expect(seen(await toldBy('personal')).length).toBeGreaterThan(0);
  });

  it('is refused where packets or calls are asked for as well', async () => {
    const told: string[] = [];
    const sink = { write: (text: string) => told.push(text), on: () => undefined };
    const argv = 'baseline --redact all --save-calls c.ndjson'.split(' ');
    const { signal } = new AbortController();
    expect(await runCommandLine(argv, { stdout: sink, stderr: sink, env: {}, signal })).toBe(2);
    expect(told.join('')).toContain('--save-calls writes payloads');
  });
});
