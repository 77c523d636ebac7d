import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HubOptions } from '../hub/hub-options.ts';
import { calls, hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';

const cli = resolve('dist/cli.js');
const window = `--start ${minute.start} --end ${minute.end}`;

interface Failure {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line in `folder`, as a shell would. */
async function wireproof(folder: string, rest: string): Promise<Failure> {
  const child = spawn('sh', ['-c', `'${process.execPath}' '${cli}' ${rest}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/** One line that names the input, one with the remedy, nothing on stdout, no stack. */
function expectTold({ code, out, err }: Failure, expected: number, says: RegExp, hint: RegExp) {
  expect(err).toMatch(/^wireproof: \S.*$/m);
  expect(err).toMatch(says);
  expect(err).toMatch(hint);
  expect(err).not.toMatch(/^\s+at /m);
  expect(out).toBe('');
  expect(code).toBe(expected);
}

describe('wrong usage ends with 2', () => {
  it.each([
    ['an unknown option', 'compare a b --min-sample 3', /--min-sample/, /--min-samples/],
    ['an unknown verb', 'compair a b', /compair/, /compare/],
    ['a value that is none', 'compare a b --min-samples x', /min-samples/, /./],
    ['too few captures', 'compare a', /BASE CAND|compare/, /./],
    ['no baseline', 'verify', /--baseline/, /baseline/],
    [
      'a window that ends before it begins',
      'baseline --start 2026-01-02 --end 2026-01-01',
      /not before/,
      /./,
    ],
  ])('%s', (_, rest, says, hint) =>
    withFolder(async (folder) => expectTold(await wireproof(folder, rest), 2, says, hint)),
  );
});

describe('what cannot be read ends with 3', () => {
  it('a missing file, a folder, garbage, a broken profile', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'folder'));
      await writeFile(join(folder, 'text.txt'), 'no calls here\nnor here\n');
      await writeFile(join(folder, 'garbage.ndjson'), '{"a":1}\n{"b":2}\n');
      await writeFile(join(folder, 'empty.har'), '{"log":{"version":"1.2"}}');
      await writeFile(join(folder, 'profile.json'), '{"wireproof":"profile","version":99}');
      await writeFile(join(folder, 'a.ndjson'), generateNdjson({ requests: 20 }));
      const told = async (file: string, says: RegExp, hint = /^hint: /m) =>
        expectTold(await wireproof(folder, `compare a.ndjson ${file}`), 3, says, hint);
      await told('missing.ndjson', /missing\.ndjson.*no such file/);
      await told('folder', /folder/);
      await told('text.txt', /text\.txt.*no JSON/);
      await told('garbage.ndjson', /garbage\.ndjson.*none of its 2 records is a call/);
      await told(
        'empty.har',
        /empty\.har.*none of its 1/,
        /^hint: a HAR holds .* in log\.entries/m,
      );
      await told('profile.json', /profile\.json.*version/);
    }));

  it('garbage lines among calls are counted, and only many of them leave it open', () =>
    withFolder(async (folder) => {
      const good = generateNdjson({ requests: 300 });
      await writeFile(join(folder, 'a.ndjson'), good);
      await writeFile(join(folder, 'few.ndjson'), `not JSON\n${good}{"id":\n`);
      await writeFile(join(folder, 'many.ndjson'), `${'not JSON\n'.repeat(200)}${good}`);
      const few = await wireproof(folder, 'compare a.ndjson few.ndjson --json');
      expect(JSON.parse(few.out)).toMatchObject({
        verdict: 'PASS',
        capture: { candidate: { badRecords: 2 } },
      });
      expect(few.code).toBe(0);
      const many = await wireproof(folder, 'compare a.ndjson many.ndjson --json');
      const { verdict, reasons } = JSON.parse(many.out);
      expect(verdict).toBe('INCONCLUSIVE');
      expect(reasons.join()).toMatch(/200 of \d+ records could not be read/);
      expect(many.code).toBe(4);
      const allowed = await wireproof(folder, 'compare a.ndjson many.ndjson --allow-inconclusive');
      expect(allowed.code).toBe(0);
    }));
});

describe('what cannot be captured ends with 3', () => {
  const captured = (
    options: Partial<HubOptions>,
    rest: (url: string) => string,
    says: RegExp,
    hint: RegExp,
  ) =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(200), options);
      expectTold(await wireproof(folder, rest(hub.url)), 3, says, hint);
    });

  it('a Hub that is not there', () =>
    withFolder(async (folder) => {
      const closed = createServer().listen(0, '127.0.0.1');
      await once(closed, 'listening');
      const { port } = closed.address() as AddressInfo;
      closed.close();
      const url = `http://127.0.0.1:${port}`;
      expectTold(
        await wireproof(folder, `baseline --kubeshark-url ${url} ${window}`),
        3,
        new RegExp(`127\\.0\\.0\\.1:${port}`),
        /^hint: /m,
      );
    }));

  it('a command that is not there', () =>
    withFolder(async (folder) => {
      const failed = await wireproof(
        folder,
        `baseline --kubeshark-command nowhere-to-be ${window}`,
      );
      expectTold(failed, 3, /nowhere-to-be/, /^hint: /m);
    }));

  it.each([401, 302] as const)('an expired token (%s)', (unauthorised) =>
    captured(
      { token: 'new', unauthorised },
      (url) => `baseline --kubeshark-url ${url} --kubeshark-token old-token ${window}`,
      /credential|token/,
      /^hint: .*token/m,
    ),
  );

  it('dissection off, on the live route', () =>
    captured(
      { dissection: false },
      (url) => `baseline --kubeshark-url ${url} --route live ${window}`,
      /dissection/i,
      /^hint: /m,
    ));

  it('a window outside the boundaries', () =>
    captured(
      {},
      (url) => `baseline --kubeshark-url ${url} --start 2020-01-01 --end 2020-01-02`,
      /2020-01-0/,
      /^hint: /m,
    ));

  it('a baseline without calls', () =>
    captured(
      {},
      (url) => `baseline --kubeshark-url ${url} --namespace nobody ${window}`,
      /needs calls/,
      /--namespace/,
    ));

  it('a scenario that fails', () =>
    captured(
      {},
      (url) => `baseline --kubeshark-url ${url} --run 'exit 7'`,
      /scenario failed with exit code 7/,
      /succeed on its own/,
    ));
});

describe('a verification that saw nothing ends with 4', () => {
  it('says so', () =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(400));
      const source = `--kubeshark-url ${hub.url} ${window}`;
      expect((await wireproof(folder, `baseline ${source} -o b.json`)).code).toBe(0);
      const verified = await wireproof(
        folder,
        // A profile without provenance fits any scope.
        `merge b.json -o bare.json && '${process.execPath}' '${cli}' verify ${source} --namespace nobody --baseline bare.json --json`,
      );
      const { verdict, reasons } = JSON.parse(verified.out);
      expect(verdict).toBe('INCONCLUSIVE');
      expect(reasons.join()).toMatch(/no calls|nobody/);
      expect(verified.code).toBe(4);
    }));
});
