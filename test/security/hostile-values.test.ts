import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { withFolder } from '../support/with-file.ts';

/** What a terminal obeys, or nobody sees, as it would stand in text: controls, bidi, lone halves. */
const HOSTILE = 'a\u0000b\u001b[31mc\u202ed\u2066e\ud800f\u200bg\u0085h\u2028i\ufeffj';
/** Beside line feeds, which outputs are made of; a tab stands in no text of traffic either. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{NChar}]/u;
const END_OF_LINE = /[\n\r]/g;
/** A space without width that parts a mention or a link in Markdown, put there by us. */
const OURS = /(?<=&#64;)\u200b/g;

const NUMBERS = '1e400,-1e400,-0,9007199254740993,1e-400,0.1e1,123456789012345678901234567890';

/** A capture with hostile text wherever there may be text, keys that stand twice, and odd numbers. */
function capture(later: boolean): string {
  const lines = Array.from({ length: 120 }, (_, i) => {
    const broken = later && i % 2 === 0;
    const record = {
      id: `${HOSTILE}/${later ? 1 : 0}/${i}`,
      ts: 1_700_000_000_000 + (later ? 3_600_000 : 0) + i * 400,
      src: { svc: `web${HOSTILE}`, ns: HOSTILE, node: `n${HOSTILE}` },
      dst: { svc: `orders${HOSTILE}`, ns: HOSTILE, node: `m${HOSTILE}` },
      node_id: `n${HOSTILE}`,
      proto: 'http',
      method: 'GET',
      path: `/x${HOSTILE}/things?q${HOSTILE}=${HOSTILE}`,
      status: broken ? `500${HOSTILE}` : 200,
      latency_ms: later ? 40 : 4,
      req_headers: { [`x-${HOSTILE}`]: HOSTILE, 'content-type': `application/json${HOSTILE}` },
      resp_headers: { 'cache-control': HOSTILE, 'content-type': 'application/json' },
      req_body: JSON.stringify({ [HOSTILE]: HOSTILE }),
      resp_body: `{"n":[${NUMBERS}],"twice":1,"twice":"${later ? 'x' : 'y'}","${'k\\u202e'}":"${later ? '\\ud800' : '\\u0000'}"}`,
    };
    const line = JSON.stringify(record);
    return i % 10 === 0 ? line.replace('"proto"', '"proto":"dns","proto"') : line;
  });
  const odd = (field: string, value: string) => `{"id":"o","proto":"http","${field}":${value}}`;
  const bad = [odd('ts', '1e400'), odd('ts', '-1e400'), odd('ts', '"\\ud800"')];
  return [...lines, ...bad].join('\n');
}

const LINES = [
  'profile @in/a.ndjson -o @out/a.json',
  'compare @in/a.ndjson @in/b.ndjson --report-dir @out/report --min-samples 5',
  'compare @in/a.ndjson @in/b.ndjson --min-samples 5 --json',
  'show @out/a.json',
  'show @out/a.json --json',
  'graph @in/a.ndjson',
  'graph @in/a.ndjson --links --json',
  'graph @in/a.ndjson --mermaid',
  'graph @in/a.ndjson --dot',
  'openapi @in/a.ndjson',
  'investigate @in/b.ndjson --known-good @in/a.ndjson --report-dir @out/incident',
  'investigate @in/b.ndjson --known-good @in/a.ndjson --json',
];

describe('hostile text in every field of traffic', () => {
  it(
    'is seen as what it is in every output, and read as one record each',
    () =>
      withFolder(async (folder) => {
        await mkdir(join(folder, 'in'));
        await writeFile(join(folder, 'in/a.ndjson'), capture(false));
        await writeFile(join(folder, 'in/b.ndjson'), capture(true));
        const outputs = new Map<string, string>();
        for (const line of LINES) {
          const told: string[] = [];
          const sink = { write: (text: string) => told.push(text), on: () => undefined };
          const argv = line.split(' ').map((word) => word.replaceAll('@', `${folder}/`));
          const signal = AbortSignal.timeout(600_000);
          const code = await runCommandLine(argv, { stdout: sink, stderr: sink, env: {}, signal });
          expect({ line, code, told: told.join('') }).not.toMatchObject({ code: 3 });
          outputs.set(line, told.join(''));
        }
        const out = join(folder, 'out');
        for (const file of await readdir(out, { recursive: true, withFileTypes: true })) {
          // The profile is for programs; the page's own script is not of traffic.
          if (!file.isFile() || file.name === 'a.json' || file.name.endsWith('.html')) continue;
          outputs.set(
            join(file.parentPath, file.name),
            await readFile(join(file.parentPath, file.name), 'utf8'),
          );
        }
        expect(outputs.size).toBeGreaterThan(LINES.length + 4);
        for (const [name, text] of outputs) {
          const found = UNSEEN.exec(text.replace(END_OF_LINE, '').replace(OURS, ''));
          const at = found && text.slice(Math.max(0, found.index - 80), found.index + 20);
          expect.soft({ name, found: at && JSON.stringify(at) }).toEqual({ name, found: null });
        }
        const compared = outputs.get(LINES[2] as string) ?? '';
        const { capture: captured } = JSON.parse(compared.slice(compared.indexOf('{')));
        expect(captured.baseline).toMatchObject({ calls: 120, badRecords: 3 });
        expect(captured.candidate).toMatchObject({ calls: 120, badRecords: 3 });
      }),
    120_000,
  );
});
