import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { convert } from 'xmlbuilder2';
import { renderJunit } from '../../src/report/junit.ts';
import { finding, judgement } from '../support/judgements.ts';
import { departures } from './xsd.ts';

const XSD = readFileSync('fixtures/reports/junit-10.xsd', 'utf8');

type Told = Readonly<Record<string, string>>;
interface Case {
  readonly '@name': string;
  readonly '@classname': string;
  readonly failure?: Told;
  readonly error?: Told;
  readonly skipped?: Told;
  readonly 'system-out'?: string;
}

/** The tests by their name, read back by a parser, from a document that the schema allows. */
async function casesOf(given: Parameters<typeof judgement>[0]): Promise<Map<string, Case>> {
  const xml = await renderJunit(judgement(given));
  expect(departures(XSD, xml)).toEqual([]);
  const { testsuites } = convert(xml, { format: 'object' }) as unknown as {
    testsuites: { testsuite: object | object[] };
  };
  const suites = [testsuites.testsuite].flat() as { testcase: Case | Case[] }[];
  return new Map(
    suites.flatMap(({ testcase }) => [testcase].flat()).map((one) => [one['@name'], one]),
  );
}

const counts = { baseline: 120, candidate: 130 };
const visible = { slowdown: 1.4, newError: 0.05, vanished: 0.1 };
const { coverage } = judgement();
const operations = {
  ...coverage,
  compared: [
    { operation: 'orders GET /api/orders/{id}', ...counts, visible },
    { operation: 'orders GET /api/orders', ...counts, visible },
    { operation: 'api.stripe.com POST /v1/charges', ...counts, visible },
  ],
  notCovered: [{ operation: 'audit POST /events', baseline: 40, candidate: 3 }],
};

it('has a test an operation, a suite a workload, and counts them', async () => {
  const given = { verdict: 'FAIL', coverage: operations, findings: [finding()] } as const;
  const xml = await renderJunit(judgement(given));
  expect(xml).toMatch(/<testsuites name="Wireproof" tests="5" failures="2" errors="0" time="0">/);
  expect(xml).toMatch(/<testsuite name="orders" tests="2" failures="1" errors="0" skipped="0"/);
  expect(xml).toMatch(/<testsuite name="api\.stripe\.com" tests="1" failures="0"/);
  const cases = await casesOf(given);
  expect(cases.get('api.stripe.com POST /v1/charges')?.['@classname']).toBe(
    'wireproof.api_stripe_com',
  );
  expect(cases.get('orders GET /api/orders')).not.toHaveProperty('failure');
  expect(cases.get('audit POST /events')?.skipped?.['@message']).toBe(
    'not judged: 40 → 3 calls are too few',
  );
});

it('fails the test of an operation once, with each of its breaking findings before and after', async () => {
  const cases = await casesOf({
    verdict: 'FAIL',
    coverage: operations,
    findings: [
      finding(),
      finding({ rule: 'error.new-status', summary: 'Now answers 500.', path: '500' }),
      finding({ severity: 'warning', rule: 'call.retries', summary: 'It is called again.' }),
    ],
  });
  const failed = cases.get('orders GET /api/orders/{id}');
  expect(failed?.failure?.['@type']).toBe('schema.field-removed');
  expect(failed?.failure?.['@message']).toMatch(
    /not there any more .* \(and 1 more breaking difference\)/,
  );
  const text = failed?.failure?.['#'];
  expect(text).toContain('before 149/149, after 0/165 (149 → 165 samples)');
  expect(text).toContain('evidence: candidate node-a/1/2, baseline node-b/3/4');
  expect(text).toContain('Now answers 500.');
  expect(text).not.toContain('It is called again.');
  expect(failed?.['system-out']).toContain('It is called again.');
});

it('shows a warning beside a test that passes', async () => {
  const cases = await casesOf({
    coverage: operations,
    findings: [finding({ severity: 'warning' })],
  });
  const one = cases.get('orders GET /api/orders/{id}');
  expect(one).not.toHaveProperty('failure');
  expect(one?.['system-out']).toContain('warning schema-change');
});

it('writes what looks like a reference so that it reads as it was said', async () => {
  const summary = '&lol; &lt;b&gt; &#60; & "it" <is>';
  const xml = await renderJunit(judgement({ verdict: 'FAIL', findings: [finding({ summary })] }));
  const written = '&amp;lol; &amp;lt;b&amp;gt; &amp;#60; &amp; &quot;it&quot; &lt;is&gt;';
  expect(xml).toContain(`message="${written}"`);
  expect(xml).toContain(`  ${written}\n`);
});

it('skips what is accepted, with the reason, and leaves its operation passed', async () => {
  const accepted = { reason: 'moved to /v2', expires: '2026-12-31', by: 'shop team' };
  const cases = await casesOf({ coverage: operations, findings: [finding({ accepted })] });
  expect(cases.get('orders GET /api/orders/{id}')).not.toHaveProperty('failure');
  const name = 'orders GET /api/orders/{id}: schema.field-removed at response 200 /currency';
  expect(cases.get(name)?.skipped?.['@message']).toBe(
    'accepted by shop team until 2026-12-31: moved to /v2',
  );
});

it.each([
  ['PASS', undefined],
  ['FAIL', 'failure'],
  ['INCONCLUSIVE', 'error'],
] as const)('tells the verdict %s as a test of its own', async (verdict, outcome) => {
  const cases = await casesOf({ verdict, reasons: ['it holds no calls', 'and a second one'] });
  const one = cases.get('Wireproof verdict');
  const told = (['failure', 'error', 'skipped'] as const).filter((name) => one && name in one);
  expect(told).toEqual(outcome === undefined ? [] : [outcome]);
  const words = outcome === undefined ? one?.['system-out'] : one?.[outcome]?.['#'];
  expect(words).toBe('it holds no calls\nand a second one');
});

it('keeps what fails of too many tests, and counts the rest', async () => {
  const operation = (i: number) => `orders GET /${String(i).padStart(4, '0')}`;
  const compared = Array.from({ length: 7_000 }, (_, i) => ({
    operation: operation(i),
    ...counts,
    visible,
  }));
  const findings = [finding({ operation: operation(6_999) })];
  const cases = await casesOf({ verdict: 'FAIL', coverage: { ...coverage, compared }, findings });
  expect(cases.size).toBe(5_001);
  expect(cases.get(operation(6_999))).toHaveProperty('failure');
  expect(cases.get('Wireproof verdict')?.['system-out']).toBe(
    '2,000 more tests left out here: report.json has all',
  );
});

it('stays under 12 MB, whatever the findings', async () => {
  const long = '<&"🦈'.repeat(200);
  const findings = Array.from({ length: 4_000 }, (_, i) =>
    finding({ operation: `orders GET /${i}${long}`, summary: long, path: long, baseline: long }),
  );
  const xml = await renderJunit(judgement({ verdict: 'FAIL', findings }));
  expect(Buffer.byteLength(xml)).toBeLessThan(12_000_000);
  expect(xml).toMatch(/[\d,]+ more tests left out here/);
});
