import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { expect, it } from 'vitest';
import { RULES } from '../../src/compare/rules.ts';
import { renderSarif, type SarifOptions } from '../../src/report/sarif.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { finding, judgement } from '../support/judgements.ts';

/** OASIS wrote it in draft 4, whose keywords it uses none of that draft 7 changed but its own id. */
function schema(): object {
  const {
    $schema: _,
    id: __,
    ...rest
  } = JSON.parse(readFileSync('fixtures/reports/sarif-schema-2.1.0.json', 'utf8'));
  return rest;
}
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const validate = ajv.compile(schema());

function runOf(given: Partial<Judgement>, options: Partial<SarifOptions> = {}) {
  const log: Log = JSON.parse(renderSarif(judgement(given), { file: 'wireproof.yml', ...options }));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  const [run] = log.runs;
  if (!run) throw new Error('no run');
  return { ...run, results: run.results ?? [], rules: run.tool.driver.rules ?? [] };
}

it('names a result’s rule, level, operation, file and fingerprint', () => {
  const { results, rules } = runOf({ verdict: 'FAIL', findings: [finding()] });
  const [result] = results;
  expect(result).toMatchObject({
    ruleId: 'schema.field-removed',
    level: 'error',
    baselineState: 'new',
    suppressions: [],
    message: {
      text: 'orders GET /api/orders/{id}: /currency of response 200 is not there any more (149/149 → 0/165).',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'wireproof.yml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: 'orders GET /api/orders/{id}' }],
      },
    ],
  });
  expect(rules.map(({ id }) => id)).toContain(result?.ruleId);
});

it('describes every rule, with its usual level and the address of its page', () => {
  const docs = 'https://github.com/o/wireproof/blob/v1/docs';
  const { rules } = runOf({}, { docs });
  const pages = readFileSync('docs/rules.md', 'utf8');
  for (const id of RULES.keys()) {
    const rule = rules.find((one) => one.id === id);
    const [, anchor] = rule?.helpUri?.split(`${docs}/rules.md#`) ?? [];
    expect(pages).toContain(`[\`${id}\`](#${anchor})`);
    expect(rule?.help?.markdown).toContain('What to do');
  }
  const level = (id: string) => rules.find((rule) => rule.id === id)?.defaultConfiguration?.level;
  expect(level('call.missing')).toBe('error');
  expect(level('latency.everywhere')).toBe('warning');
  expect(level('coverage.too-few')).toBe('note');
  expect(runOf({}).rules.every((rule) => rule.helpUri === undefined)).toBe(true);
});

it('tells findings of one rule at one line apart, the same in every run', () => {
  const findings = [finding(), finding({ path: 'response 200 /total' })];
  const prints = (of: Judgement['findings']) =>
    runOf({ findings: of }).results.map((one) => one.partialFingerprints?.primaryLocationLineHash);
  expect(new Set(prints(findings)).size).toBe(2);
  expect(prints(findings.toReversed())).toEqual(prints(findings).toReversed());
  expect(prints([finding({ summary: 'In other words.', candidate: 3 })])).toEqual(
    prints([finding()]),
  );
});

it('suppresses what is accepted, with the justification', () => {
  const accepted = { reason: 'moved to /v2', expires: '2026-12-31' };
  const { results } = runOf({ findings: [finding({ accepted }), finding({ operation: 'a b' })] });
  expect(results.map(({ level }) => level)).toEqual(['note', 'error']);
  expect(results.map((one) => one.suppressions)).toEqual([
    [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'accepted until 2026-12-31: moved to /v2',
      },
    ],
    [],
  ]);
});

it('is never empty for a verdict that is INCONCLUSIVE', () => {
  const { results } = runOf({ verdict: 'INCONCLUSIVE', reasons: ['it holds no calls'] });
  expect(results).toMatchObject([
    {
      ruleId: 'verdict.inconclusive',
      level: 'error',
      message: { text: 'INCONCLUSIVE: it holds no calls' },
    },
  ]);
  expect(runOf({ verdict: 'PASS' }).results).toEqual([]);
});

it('keeps within GitHub’s limits, worst first, and says what it leaves out', () => {
  const findings = Array.from({ length: 26_000 }, (_, i) =>
    finding({ operation: `orders GET /${i}` }),
  );
  const log: Log = JSON.parse(renderSarif(judgement({ findings }), { file: 'wireproof.yml' }));
  const [run] = log.runs;
  expect(run?.results?.length).toBe(25_000);
  expect(run?.results?.[0]?.message.text).toContain('orders GET /0:');
  const notes = run?.invocations?.[0]?.toolExecutionNotifications?.map(
    ({ message }) => message.text,
  );
  expect(notes).toEqual([
    '1,000 more findings left out: report.json has all',
    'GitHub shows the first 5,000 of 25,000 results',
  ]);
});

it('keeps within a number of compressed bytes', () => {
  const findings = Array.from({ length: 900 }, (_, i) => finding({ operation: `o GET /${i}` }));
  const most = { file: 'wireproof.yml', maxBytes: 20_000 };
  const text = renderSarif(judgement({ findings }), most);
  expect(gzipSync(text).length).toBeLessThanOrEqual(20_000);
  const { results, invocations } = runOf({ findings }, most);
  expect(results.length).toBeGreaterThan(100);
  expect(invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
    `${900 - results.length} more findings left out: report.json has all`,
  );
});
