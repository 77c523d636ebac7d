import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionYaml, configSchemaText, withOptions } from '../../scripts/generated.ts';
import { OPTIONS } from '../../src/commands/options.ts';
import { ACTION_INPUTS } from '../../src/github/action-inputs.ts';
import { GITHUB_INPUTS } from '../../src/github/github-inputs.ts';
import { VERSION } from '../../src/version.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

const text = (path: string) => readFileSync(path, 'utf8');

it('action.yml is what the table of options gives (else: npm run docs)', () => {
  expect(text('action.yml')).toBe(actionYaml());
});

it('action.yml runs the bundle on Node 24 and sets no default that the configuration file may set', () => {
  const action = parse(text('action.yml'));
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  expect(Object.keys(action.inputs)).toEqual([...ACTION_INPUTS.keys()]);
  const defaults = Object.entries<{ default?: string }>(action.inputs).filter(
    ([, input]) => input.default !== undefined,
  );
  expect(defaults.map(([name, input]) => [name, input.default])).toEqual([
    ['github-token', GITHUB_INPUTS['github-token'].default],
  ]);
});

it("the configuration file's JSON Schema is what is read by (else: npm run docs)", () => {
  expect(text('docs/schema/config.schema.json')).toBe(configSchemaText());
});

it("the README's table is what the table of options gives (else: npm run docs)", () => {
  expect(text('README.md')).toBe(withOptions(text('README.md')));
});

it("the README's examples name only inputs and options that there are", () => {
  const readme = text('README.md');
  const inputs = [...readme.matchAll(/uses: .*\n((?: {2}.*\n)+)/g)].flatMap(([, block]) =>
    [...(block ?? '').matchAll(/^ {4}([\w-]+):/gm)].map(([, name]) => name),
  );
  expect(inputs.length).toBeGreaterThan(5);
  for (const name of inputs) expect([...ACTION_INPUTS.keys()]).toContain(name);
  const options = [...readme.matchAll(/(?:wireproof [^\n]*?|`)--([a-z-]+)/g)].map(
    ([, name]) => name,
  );
  expect(options.length).toBeGreaterThan(10);
  for (const name of options) expect(Object.keys(OPTIONS)).toContain(name);
});

it('the workflow in docs/github.md names only inputs that there are', () => {
  const [, source = ''] = /```yaml\n(.*?)```/s.exec(text('docs/github.md')) ?? [];
  const { jobs } = parse(source) as { jobs: Record<string, { steps: Step[] }> };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const ours = steps.filter(({ uses }) => uses?.startsWith('OWNER/wireproof@'));
  expect(ours.map((step) => step.with?.mode)).toEqual(['baseline', 'verify']);
  for (const step of ours) {
    for (const name of Object.keys(step.with ?? {}))
      expect([...ACTION_INPUTS.keys()]).toContain(name);
  }
});

it('one version: in package.json, in the program', () => {
  expect(JSON.parse(text('package.json')).version).toBe(VERSION);
});
