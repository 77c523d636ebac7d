import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, minute } from '../sources/kubeshark/capturing.ts';
import { expectPromised } from '../support/promised.ts';
import { random } from '../support/random.ts';
import { generateNdjson } from '../support/records.ts';
import { type Ended, pidsOf, ran, started, until } from './processes.ts';

/** Interruptions of each command by each signal; more where a change asks for it. */
const TIMES = Number(process.env.INTERRUPTIONS ?? 1);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
const window = `--start ${minute.start} --end ${minute.end}`;

let home: string;
let source: string;

const lines: Readonly<Record<string, () => string>> = {
  capture: () => `baseline ${source} ${window} -o out/b.json --save-calls out/c.ndjson`,
  verify: () => `verify ${source} ${window} --baseline ../b.json --report-dir out`,
  profile: () => 'profile ../backwards.ndjson -o out/p.json',
  merge: () => 'merge ../p.json ../q.json -o out/m.json',
  monitor: () => `monitor ${source} ${window} --once --state out --snapshot-on never`,
};

/** What each leaves when nobody interrupts it, by file; and how long it took, ms. */
const undisturbed = new Map<string, { files: Map<string, string>; took: number }>();

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'interrupted-'));
  const text = calls(600).map((record) => `${JSON.stringify(record)}\n`);
  await writeFile(join(home, 'calls.ndjson'), text.join(''));
  const backwards = generateNdjson({ requests: 400 }).trim().split('\n').reverse();
  await writeFile(join(home, 'backwards.ndjson'), `${backwards.join('\n')}\n`);
  const hub = `'${process.execPath}' '${resolve('test/hub/stdio.ts')}' mcp --capture '${home}/calls.ndjson'`;
  source = `--kubeshark-command "${hub}"`;
  expect((await ran(home, `baseline ${source} ${window} -o b.json`)).code).toBe(0);
  expect((await ran(home, 'profile backwards.ndjson -o p.json')).code).toBe(0);
  expect((await ran(home, 'profile calls.ndjson -o q.json')).code).toBe(0);
  for (const [name, line] of Object.entries(lines)) {
    const began = performance.now();
    const { code, err } = await inFolder(name, (folder, env) => ran(folder, line(), env));
    expect({ name, code, err }).toMatchObject({ code: 0 });
    undisturbed.set(name, { files: await filesOf(name), took: performance.now() - began });
    await rm(join(home, name), { recursive: true });
  }
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function inFolder(
  name: string,
  run: (folder: string, env: Record<string, string>) => Promise<Ended>,
): Promise<Ended> {
  const folder = join(home, name);
  await mkdir(join(folder, 'tmp'), { recursive: true });
  await mkdir(join(folder, 'out'));
  return run(folder, { TMPDIR: join(folder, 'tmp'), NODE_COMPILE_CACHE: join(home, 'compiled') });
}

/** Digests of the files below a folder, by path. */
async function filesOf(name: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const all = await readdir(join(home, name), { recursive: true, withFileTypes: true });
  for (const file of all.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    files.set(path.slice(join(home, name).length + 1), digest);
  }
  return files;
}

/** Whole or absent; a monitor's state, which moves on, can be read by the next run. */
async function expectWhole(name: string, killed: boolean): Promise<void> {
  const whole = undisturbed.get(name)?.files ?? new Map<string, string>();
  for (const [path, digest] of await filesOf(name)) {
    if (killed && /\.tmp$|^tmp\/|^out\/lock$/.test(path)) continue;
    if (name === 'monitor') expect([...whole.keys()]).toContain(path);
    else expect({ path, digest }).toEqual({ path, digest: whole.get(path) });
  }
  if (name !== 'monitor') return;
  const again = await ran(join(home, name), lines.monitor?.() ?? '');
  expect(again).toMatchObject({ code: 0 });
  expect([...(await filesOf(name)).keys()].join()).not.toContain('unreadable');
}

describe.each(Object.keys(lines))('%s, interrupted at any moment', (name) => {
  it.each(SIGNALS)('by %s leaves whole files or none, and nobody behind', async (signal) => {
    const next = random(26, name, SIGNALS.indexOf(signal));
    for (let time = 0; time < TIMES; time++) {
      const { took = 0 } = undisturbed.get(name) ?? {};
      const ended = await inFolder(name, async (folder, env) => {
        const run = started(folder, (lines[name] as () => string)(), env);
        await sleep(next() * took);
        run.child.kill(signal);
        return run.ended;
      });
      await until(async () => (await pidsOf(`${home}/calls.ndjson`)).length === 0);
      if (signal === 'SIGKILL') {
        if (ended.signal === signal) expectPromised('SIGKILL at any moment', ended);
      } else if (ended.signal === null && ended.code !== 0) {
        expectPromised('SIGINT or SIGTERM at any other moment', ended);
      }
      await expectWhole(name, ended.signal === 'SIGKILL');
      await rm(join(home, name), { recursive: true });
    }
  });
});
