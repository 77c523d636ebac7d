import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullRecord, generateRecords, type RecordOptions } from '../support/records.ts';
import { hubCommand, Runner, startHub } from './runner.ts';

const REQUESTS = 200;
let folder: string;
let runner: Runner;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-e2e-'));
  runner = new Runner(folder);
  await runner.install();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Recording {
  readonly path: string;
  readonly window: { readonly start: string; readonly end: string };
}

async function recording(name: string, options: RecordOptions): Promise<Recording> {
  const records = generateRecords({ requests: REQUESTS, seenTwice: 0.1, ...options });
  const path = join(folder, `${name}.ndjson`);
  await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const [first, last] = [records[0], records.at(-1)] as [FullRecord, FullRecord];
  return { path, window: { start: String(first.ts), end: new Date(last.ts).toISOString() } };
}

/** How the Action reaches a recording; each serves it until `stop`. */
const ROUTES = {
  stdio: async ({ path }: Recording) => ({
    inputs: { 'kubeshark-command': hubCommand(path) },
    stop: async () => {},
  }),
  http: async ({ path }: Recording) => {
    const hub = await startHub(path, '--token', 't0ken');
    return {
      inputs: { 'kubeshark-url': hub.url, 'kubeshark-token': 't0ken' },
      stop: hub.stop,
    };
  },
};

async function step(
  route: keyof typeof ROUTES,
  from: Recording,
  inputs: Readonly<Record<string, string>>,
) {
  const hub = await ROUTES[route](from);
  try {
    return await runner.step({ ...hub.inputs, ...from.window, ...inputs });
  } finally {
    await hub.stop();
  }
}

describe.each(['stdio', 'http'] as const)('the bundled Action over %s', (route) => {
  const baseline = `baseline-${route}.json`;

  it('stores a baseline', async () => {
    const before = await recording('before', { seed: 1 });
    const { code, log, outputs, summary } = await step(route, before, {
      mode: 'baseline',
      baseline,
    });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ profile: baseline, verdict: '' });
    expect(summary).toContain(`baseline stored in <code>${baseline}</code>`);
    const profile = await readFile(join(runner.workspace, baseline), 'utf8');
    expect(profile.length).toBeGreaterThan(1_000);
  });

  it('exits 0: the same version after another rollout', async () => {
    const again = await recording('again', { seed: 2, rollout: 1 });
    const { code, log, outputs, summary } = await step(route, again, { mode: 'verify', baseline });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ verdict: 'PASS', findings: '0', report: '', profile: '' });
    expect(summary).toContain('Wireproof: PASS');
  });

  it('exits 1: a response lost a field and a call is missing', async () => {
    const regressions = ['field-removed', 'missing-call'] as const;
    const broken = await recording('broken', { seed: 3, rollout: 2, regressions });
    const { code, log, outputs, summary } = await step(route, broken, {
      mode: 'verify',
      baseline,
      'report-dir': `report-${route}`,
    });
    expect(code, log).toBe(1);
    expect(outputs).toMatchObject({ verdict: 'FAIL', report: `report-${route}/report.md` });
    const report = await readFile(join(runner.workspace, `report-${route}`, 'report.md'), 'utf8');
    expect(report).toContain('schema.field-removed');
    expect(report).toContain('call.missing');
    expect(summary).toBe(`${report}\n`);
    expect(log).toMatch(/^::error title=/m);
    expect(log).not.toMatch(/(?<!::add-mask::)t0ken/);
  });

  it('exits 2: a misspelt input', async () => {
    const again = await recording('again', { seed: 2, rollout: 1 });
    const { code, log } = await step(route, again, { mode: 'verify', baseline, 'min-sample': '5' });
    expect(code).toBe(2);
    expect(log).toContain('unknown input min-sample%0Ahint: did you mean min-samples?');
  });

  it('exits 4: too few calls to tell', async () => {
    const few = await recording('few', { seed: 4, requests: 6 });
    const { code, log, outputs } = await step(route, few, { mode: 'verify', baseline });
    expect(code, log).toBe(4);
    expect(outputs.verdict).toBe('INCONCLUSIVE');
  });
});

describe('the bundled Action', () => {
  it.each([
    ['nobody listens', { 'kubeshark-url': 'http://127.0.0.1:9' }],
    ['there is no such command', { 'kubeshark-command': '/nowhere/kubeshark mcp' }],
  ])('exits 3: %s', async (_, inputs) => {
    const { code, log, summary } = await runner.step({
      mode: 'verify',
      baseline: 'baseline-stdio.json',
      ...inputs,
    });
    expect(code).toBe(3);
    expect(log).toMatch(/^::error title=Wireproof::wireproof: .*%0Ahint: /m);
    expect(summary).toContain('no verdict');
  });

  it('captures while the scenario runs', async () => {
    const calls = join(folder, 'live.ndjson');
    const scenario = join(folder, 'scenario.mjs');
    await writeFile(calls, '');
    await writeFile(
      scenario,
      `import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { generateNdjson } from ${JSON.stringify(resolve('test/support/records.ts'))};
const start = Date.now();
appendFileSync(${JSON.stringify(calls)}, generateNdjson({ seed: start, start, every: 3, requests: 150 }));
await setTimeout(1_500);
`,
    );
    const inputs = {
      baseline: 'live.json',
      'kubeshark-command': hubCommand(calls),
      run: `'${process.execPath}' '${scenario}'`,
    };
    const stored = await runner.step({ ...inputs, mode: 'baseline' });
    expect(stored.code, stored.log).toBe(0);
    const judged = await runner.step({ ...inputs, mode: 'verify' });
    expect(judged.outputs.verdict, judged.log).toMatch(/PASS|INCONCLUSIVE/);
    expect(judged.summary).toContain('## Captures');
  });
});

describe('dist/', () => {
  it('is one module package, whole and small', async () => {
    const names = await readdir('dist');
    expect(names).toEqual(expect.arrayContaining(['action.js', 'cli.js', 'licenses.txt']));
    expect(JSON.parse(await readFile('dist/package.json', 'utf8'))).toEqual({ type: 'module' });
    let bytes = 0;
    for (const name of names) {
      const text = await readFile(join('dist', name), 'utf8');
      expect(text.includes('webpackMissingModule'), name).toBe(false);
      expect(text.includes(process.cwd()), name).toBe(false);
      // The bill of materials stands beside what is run.
      if (name !== 'sbom.cdx.json') bytes += Buffer.byteLength(text);
    }
    expect(bytes).toBeLessThan(5_000_000);
  });
});
