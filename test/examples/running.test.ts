import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run as baseline } from '../../src/commands/baseline.ts';
import { run as profile } from '../../src/commands/profile.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateNdjson, generateRecords, type RecordOptions } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';
import { Bench } from './bench.ts';
import { documentsOf, exampleAt } from './example-files.ts';

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
type Jobs = Record<string, { readonly steps: readonly Step[] }>;

const stepsOf = (path: string, job: string): readonly Step[] =>
  (documentsOf(exampleAt(path))[0] as { jobs: Jobs }).jobs[job]?.steps ?? [];

it("the workflow's shards, merged, give the profile of the whole, to the byte", () =>
  withFolder(async (folder) => {
    const bench = await Bench.in(folder);
    await using hub = await recentHub({});
    const script = (job: string, part: string) =>
      stepsOf('github/shards.yml', job).find(({ run }) => run?.includes(part))?.run ?? '';
    const output = await bench.write('output', '');
    const planned = { MINUTES: '5', SHARDS: '3', GITHUB_OUTPUT: output };
    expect(await bench.run(script('plan', 'GITHUB_OUTPUT'), planned)).toMatchObject({ code: 0 });
    const plan = await readFile(output, 'utf8');
    const [, START = '', END = ''] =
      /^start=(\d+)\nend=(\d+)\nshards=\[1,2,3\]\n$/.exec(plan) ?? [];
    expect(Number(END) - Number(START)).toBe(300_000);
    const env = { KUBESHARK_URL: hub.url, NAMESPACE: 'shop', START, END, SHARDS: '3' };
    const shard = script('profile', '--shard');
    for (const SHARD of ['1', '2', '3']) {
      expect(await bench.run(shard, { ...env, SHARD })).toMatchObject({ code: 0 });
    }
    expect(await bench.run(script('judge', 'merge'), env)).toMatchObject({ code: 0 });
    const whole = shard.replace(/--shard.*/, '-o whole.json');
    expect(await bench.run(whole, env)).toMatchObject({ code: 0 });
    const [merged, one] = ['candidate.json', 'whole.json'].map((name) =>
      readFile(bench.path(name), 'utf8'),
    );
    expect(await merged).toBe(await one);
    expect(JSON.parse((await merged) ?? '').capture.calls).toBeGreaterThan(500);
  }));

/** What happens meanwhile, and what the command says of it. */
const endings: readonly (readonly [string, number, RecordOptions])[] = [
  ['PASS', 0, { seed: 2, rollout: 1 }],
  ['FAIL', 1, { seed: 3, regressions: ['field-removed'] }],
  ['INCONCLUSIVE', 4, { seed: 4, every: 3_000 }],
];

/** What the Hub says it holds: an hour either way, so that nobody waits for calls to settle. */
const held = () => ({ oldest_ts: Date.now() - 3_600_000, newest_ts: Date.now() + 3_600_000 });

/** A Hub that holds the traffic of the last twenty seconds, whichever of the next hundred a command takes for now. */
function recentHub(options: RecordOptions) {
  const { every = 50 } = options;
  const requests = Math.ceil(120_500 / every);
  const recent = { ...options, requests, every, start: Date.now() - 20_500 };
  const records = generateRecords(recent) as readonly object[] as readonly HubRecord[];
  return hubWith(records, { l7Boundaries: held() });
}

describe.each(endings)('%s', (verdict, code, options) => {
  it(`ends the Job of Argo Rollouts with ${code}`, () =>
    withFolder(async (folder) => {
      const bench = await Bench.in(folder);
      await scopedBaselineAt(bench, 'baseline.json');
      await using hub = await recentHub(options);
      const given: Record<string, string> = {
        baseline: 'baseline.json',
        window: '20s',
        workload: 'orders',
        namespace: 'shop',
      };
      const args = argumentsOfJob().map((argument) =>
        argument
          .replace(/\{\{args\.(\w+)\}\}/, (_, name: string) => given[name] ?? '')
          .replace('http://kubeshark-hub.kubeshark:80', hub.url),
      );
      const ran = await bench.start(args);
      expect(ran.output).toContain(verdict);
      expect(ran.code, ran.output).toBe(code);
    }));

  it(`ends the step of Tekton with ${code}, and its result says so`, () =>
    withFolder(async (folder) => {
      const bench = await Bench.in(folder);
      await baselineAt(bench, 'baseline.json');
      await using hub = await recentHub(options);
      const [task] = documentsOf(exampleAt('tekton/task.yaml')) as [
        { spec: { steps: { script: string }[] } },
      ];
      const ran = await bench.run(task.spec.steps[0]?.script ?? '', {
        BASELINE: 'baseline.json',
        KUBESHARK_URL: hub.url,
        NAMESPACE: 'shop',
        WINDOW: '20s',
        VERDICT: bench.path('verdict'),
      });
      expect(ran.code, ran.output).toBe(code);
      expect(await readFile(bench.path('verdict'), 'utf8')).toBe(verdict);
      expect(await readFile(bench.path('wireproof-report/report.junit.xml'), 'utf8')).toContain(
        '<testsuites',
      );
    }));
});

it('ends with 3 where nobody answers', () =>
  withFolder(async (folder) => {
    const bench = await Bench.in(folder);
    await baselineAt(bench, 'baseline.json');
    const args = argumentsOfJob()
      .map((argument) => argument.replace('{{args.baseline}}', 'baseline.json'))
      .map((argument) => argument.replace('{{args.window}}', '20s').replace(/\{\{.*\}\}/, 'shop'))
      .map((argument) => argument.replace(/^http:.*/, 'http://127.0.0.1:9'));
    expect((await bench.start(args)).code).toBe(3);
  }));

it("Flagger's gate lets a first canary pass, and compares the next with the one promoted", () =>
  withFolder(async (folder) => {
    const bench = await Bench.in(folder);
    const calls = await bench.write('live.ndjson', '');
    await using hub = await hubWith(calls, { l7Boundaries: held() });
    const gate = (phase: string, scenario = '') =>
      bench.run(`'${resolve('examples/flagger/gate.sh')}' ${phase}`, {
        CANARY: 'orders',
        KUBESHARK_URL: hub.url,
        BASELINES: folder,
        SCENARIO: scenario,
      });
    const drive = async (options: RecordOptions) => {
      const records = resolve('test/support/records.ts');
      const script = await bench.write(
        'scenario.ts',
        `import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { generateNdjson } from ${JSON.stringify(records)};
const options = { requests: 200, every: 12, ...${JSON.stringify(options)}, start: Date.now() };
appendFileSync(${JSON.stringify(calls)}, generateNdjson(options));
await setTimeout(3_000);
`,
      );
      return `'${process.execPath}' '${script}'`;
    };
    const first = await gate('check', await drive({ seed: 1 }));
    expect(first.output).toContain('nothing to compare with');
    expect(first.code).toBe(0);
    expect((await gate('promote')).code).toBe(0);
    const broken = await gate('check', await drive({ seed: 2, regressions: ['field-removed'] }));
    expect(broken.output).toContain('FAIL');
    expect(broken.code, broken.output).toBe(1);
    const few = await gate('check', await drive({ seed: 3, requests: 5 }));
    expect(few.code, few.output).toBe(4);
    expect((await gate('promote')).code).toBe(0);
    expect((await gate('promote')).code).toBe(0);
    expect((await gate('nonsense')).code).toBe(2);
  }));

let known: Promise<string> | undefined;
let scoped: Promise<string> | undefined;

async function baselineAt(bench: Bench, name: string): Promise<void> {
  known ??= withFolder(async (folder) => {
    const calls = join(folder, 'before.ndjson');
    await writeFile(calls, generateNdjson({ seed: 1, requests: 400 }));
    const output = join(folder, 'baseline.json');
    await profile(inputsOf('profile', { output }, [calls]), commandIO().io);
    return readFile(output, 'utf8');
  });
  await bench.write(name, await known);
}

/** A baseline of the scope that the rollout's analysis has. */
async function scopedBaselineAt(bench: Bench, name: string): Promise<void> {
  scoped ??= withFolder(async (folder) => {
    await using hub = await recentHub({ seed: 1 });
    const output = join(folder, 'baseline.json');
    const scope = { namespace: 'shop', workload: 'orders', window: '20s' };
    const inputs = inputsOf('baseline', { ...scope, output, 'kubeshark-url': hub.url });
    await baseline(inputs, commandIO().io);
    return readFile(output, 'utf8');
  });
  await bench.write(name, await scoped);
}

function argumentsOfJob(): string[] {
  const [template] = documentsOf(exampleAt('argo-rollouts/analysis-template.yaml')) as [
    {
      spec: {
        metrics: {
          provider: { job: { spec: { template: { spec: { containers: { args: string[] }[] } } } } };
        }[];
      };
    },
  ];
  return template.spec.metrics[0]?.provider.job.spec.template.spec.containers[0]?.args ?? [];
}
