import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { compareProfiles } from '../../src/compare/compare.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { renderJson } from '../../src/report/json.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { configured, edge, finding, judgement } from '../support/judgements.ts';
import { generateNdjson, type RecordOptions } from '../support/records.ts';
import { shopJudgement } from '../support/shop-judgement.ts';
import { withFile } from '../support/with-file.ts';

const schema = JSON.parse(readFileSync('docs/schema/judgement.schema.json', 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  schema,
);

function expectValid(json: string): void {
  validate(JSON.parse(json));
  expect(validate.errors ?? []).toEqual([]);
}

const profileOf = (options: RecordOptions) =>
  withFile('calls.ndjson', generateNdjson(options), (path) => profileCapture(readNdjson(path)));

it('of a made-up judgement satisfies the published schema', () => {
  const full = finding({
    caller: 'gateway',
    chain: ['a', 'b'],
    causedBy: 'x',
    secondOpinion: 'agrees',
    interval: null,
  });
  const edges = [
    edge(),
    edge({ baseline: null, change: 'appeared', finding: 'call.extra a b' }),
    edge({ from: null, candidate: null, baseline: { calls: 7, perHandledCall: null } }),
  ];
  const graph = { edges, leftOut: 1 };
  expectValid(renderJson(judgement({ verdict: 'FAIL', findings: [full], graph })));
  expectValid(renderJson(judgement(configured)));
});

it('of acceptances without what they need does not satisfy it', () => {
  const accepted = { ...configured.findings[0], accepted: { reason: 'x', expires: 'soon' } };
  expect(validate({ ...judgement(), findings: [accepted] })).toBe(false);
});

it('of real judgements satisfies the published schema', async () => {
  const base = await profileOf({ seed: 1, requests: 300 });
  const cand = await profileOf({
    seed: 2,
    requests: 300,
    rollout: 1,
    regressions: [
      'field-removed',
      'new-500',
      'slower',
      'three-queries',
      'missing-call',
      'extra-call',
    ],
  });
  const comparison = compareProfiles(base, cand, { minSamples: 20 });
  const json = renderJson(judge(comparison, base.capture, cand.capture));
  expectValid(json);
  expect(JSON.parse(json).findings.length).toBeGreaterThanOrEqual(6);
  expect(JSON.parse(json).graph.edges.length).toBeGreaterThanOrEqual(3);
});

it('of real operations satisfies it too, and keeps the numbers of an array on a line', async () => {
  const json = renderJson(await shopJudgement());
  expectValid(json);
  const { operations, findings } = JSON.parse(json);
  expect(operations.list.length).toBeGreaterThan(10);
  expect(findings.every(({ id, kfl }: { id?: string; kfl?: string }) => id && kfl)).toBe(true);
  expect(json).toMatch(/"p95": \[ [\d.]+, [\d.]+, [\d.]+ \]/);
});

it('leaves texts that look like arrays of numbers alone', () => {
  const reason = '[\n  1,\n  2\n]';
  expect(JSON.parse(renderJson(judgement({ reasons: [reason] }))).reasons).toEqual([reason]);
});

it('with a field that nobody documented does not satisfy it', () => {
  expect(validate({ ...judgement(), verdikt: 'PASS' })).toBe(false);
});

it('has a schema that comes with the package and carries its version', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(files).toContain('docs');
  expect(schema.$defs.judgement.properties.schemaVersion).toEqual({
    const: judgement().schemaVersion,
  });
  expect(readFileSync('VERSIONING.md', 'utf8')).toContain('docs/schema/judgement.schema.json');
});
