import { expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import type { PrintedFinding } from '../../src/compare/printed-finding.ts';
import { renderEdges } from '../../src/report/edges.ts';
import { renderText } from '../../src/report/text.ts';
import { configured, edge, finding, HOSTILE, judgement } from '../support/judgements.ts';

it('shows verdict, reasons, findings, coverage and captures', () => {
  const text = renderText(
    judgement({
      verdict: 'FAIL',
      reasons: ['1 breaking difference'],
      findings: [finding({ causedBy: 'call.missing orders POST /' })],
      graph: {
        edges: [
          edge({ candidate: null, change: 'vanished', finding: 'call.missing orders audit' }),
          edge({ to: 'db SELECT', change: 'changed', finding: 'call.order-changed orders db' }),
          edge({ to: 'stock GET /' }),
        ],
        leftOut: 0,
      },
    }),
  );
  expect(text).toMatchInlineSnapshot(`
    "FAIL
      1 breaking difference

    breaking schema-change: orders GET /api/orders/{id}
      /currency of response 200 is not there any more (149/149 → 0/165).
      schema.field-removed at response 200 /currency
      before 149/149, after 0/165 (149 → 165 samples)
      follows from call.missing orders POST /
      evidence: candidate node-a/1/2, baseline node-b/3/4

    next: docs/rules.md says of each rule what it means and where to look. Accept what is meant, for a time: wireproof accept report.json --reason '…' --expires YYYY-MM-DD (report.json is what --json prints, and in --report-dir)

    changed edges of the call graph:
      orders POST /api/orders → audit POST /events: gone, 1 a call before
      orders POST /api/orders → db SELECT: 1 a call, other order

    coverage: 15 operations compared, holding 100 % of the baseline's calls
    baseline: 2,272 calls, 2023-11-14T22:13:20.000Z to 2023-11-14T22:23:20.000Z; 12 seen twice, 0 unreadable
    candidate: 2,272 calls, 2023-11-14T22:13:20.000Z to 2023-11-14T22:23:20.000Z; 12 seen twice, 0 unreadable
    "
  `);
});

it('sends no control character to the terminal, whatever the names', () => {
  const text = renderText(
    judgement({
      reasons: HOSTILE,
      findings: HOSTILE.map((name) => finding({ operation: name, path: name, summary: name })),
      graph: {
        edges: HOSTILE.map((name) => edge({ from: name, to: name, change: 'changed' })),
        leftOut: 0,
      },
    }),
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
});

it('says how much of a long coverage list it leaves out', () => {
  const { coverage } = judgement();
  const notCovered = Array.from({ length: 25 }, (_, i) => ({
    operation: `orders GET /${i}`,
    baseline: 1,
    candidate: 0,
  }));
  const text = renderText(judgement({ coverage: { ...coverage, notCovered } }));
  expect(text).toContain('  … and 17 more (--json has all)');
});

it('tells times with their unit, and other values without one', () => {
  const slow = { baseline: 28.131, candidate: 1188.2 };
  const told = (rule: Finding['rule']) =>
    renderText(judgement({ findings: [{ ...finding({ rule }), ...slow }] }));
  expect(told('latency.p95-increased')).toContain('before 28.13 ms, after 1188 ms (');
  expect(told('budget.p99-exceeded')).toContain('before 28.13 ms, after 1188 ms (');
  expect(told('latency.everywhere')).toContain('before 28.13, after 1188 (');
  expect(told('call.count-changed')).toContain('before 28.13, after 1188 (');
});

it('shows all findings that count, and says how many more are for information', () => {
  const many = (severity: 'breaking' | 'info', count: number) =>
    Array.from({ length: count }, (_, i) => finding({ severity, path: `/${severity}/${i}` }));
  const text = renderText(judgement({ findings: [...many('breaking', 60), ...many('info', 300)] }));
  expect(text.match(/ at \/breaking\//g)).toHaveLength(60);
  expect(text.match(/ at \/info\//g)).toHaveLength(5);
  expect(text).toContain('\n… and 295 more for information (--json has all)\n');
  expect(renderText(judgement({ findings: many('info', 5) }))).not.toContain('more for');
});

it('says how to go on where a breaking finding is not accepted', () => {
  const accepted = { reason: 'meant', expires: '2026-12-31' };
  const told = (given: Partial<PrintedFinding>) =>
    renderText(judgement({ findings: [finding(given)] }));
  expect(told({})).toContain('\nnext: docs/rules.md says');
  expect(told({ accepted })).not.toContain('next:');
  expect(told({ severity: 'warning' })).not.toContain('next:');
});

it('names the operations that the baseline has not', () => {
  const { coverage } = judgement();
  const added = [{ operation: 'orders GET /new', baseline: 0, candidate: 1200 }];
  const text = renderText(judgement({ coverage: { ...coverage, added } }));
  expect(text).toContain('\n  new: orders GET /new (1,200 calls)\n');
});

it('lists what each operation calls', () => {
  const edge = { caller: 'orders', to: 'audit POST /events', calls: 1200 };
  expect(
    renderEdges([
      { ...edge, from: 'orders POST /', perHandledCall: 1 },
      { ...edge, from: 'orders POST /', to: 'db SELECT items', perHandledCall: 2.5 },
      { ...edge, from: null, perHandledCall: null },
    ]),
  ).toBe(
    'orders POST /\n  → audit POST /events (1,200, 1 per call handled)\n  → db SELECT items (1,200, 2.5 per call handled)\n' +
      'orders (by itself)\n  → audit POST /events (1,200)\n',
  );
  expect(renderEdges([])).toBe('no calls\n');
});

it('shows what is accepted, by whom and until when, and entries that do nothing', () => {
  const text = renderText(judgement(configured));
  expect(text).toContain('breaking, accepted schema-change: orders GET /api/orders/{id}\n');
  expect(text).toContain('  accepted by ann until 2026-12-31: the field moved\n');
  expect(text.slice(text.indexOf('configuration:'), text.indexOf('coverage:'))).toBe(`configuration:
  3 findings ignored by header.*: proxies
  acceptance expired, it accepts nothing: schema.field-removed orders * response 200 *, until 2023-01-01: the field moved
  acceptance proposed here, it counts once merged or approved: schema.field-removed orders * response 200 *, until 2026-12-31: trust me
  acceptance unused, nothing fits it: schema.field-removed orders *, until 2026-12-31: the field moved

`);
});
