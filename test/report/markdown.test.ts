import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { configured, edge, finding, HOSTILE, healthy, judgement } from '../support/judgements.ts';

const cases: Readonly<Record<string, Judgement>> = {
  pass: judgement(),
  fail: judgement({
    verdict: 'FAIL',
    reasons: ['2 breaking differences, the first: orders GET /api/orders/{id}: /currency is gone'],
    findings: [
      finding(),
      finding({
        rule: 'call.missing',
        category: 'missing-call',
        operation: 'orders POST /api/orders',
        path: 'audit POST /events',
        summary: 'No longer calls audit POST /events.',
        baseline: 1,
        candidate: 0,
        chain: ['gateway POST /api/orders', 'orders POST /api/orders', 'audit POST /events'],
      }),
      finding({
        rule: 'latency.p95-increased',
        category: 'performance',
        severity: 'warning',
        caller: 'gateway',
        summary: 'P95 went from 50 ms to 200 ms.',
        baseline: 50.1234,
        candidate: 200,
        effect: 3.99,
        causedBy: 'call.count-changed orders GET /api/orders/{id}',
        secondOpinion: 'disagrees',
        evidence: [],
      }),
      finding({
        rule: 'call.count-changed',
        category: 'behaviour',
        operation: 'orders POST /api/orders',
        path: 'postgres INSERT orders',
        summary: 'Calls postgres 3 times a handled call instead of 1.',
        baseline: 1,
        candidate: 3,
        evidence: [{ callId: 'node-a/7/8', side: 'candidate', note: 'makes 3 such calls' }],
        accepted: { reason: 'items are written one by one', expires: '2026-12-31', by: 'ann' },
      }),
      finding({
        rule: 'error.new-status',
        category: 'new-error',
        severity: 'warning',
        path: 'status 500',
        summary: 'Status 500 (server error) in 3 of 200 calls.',
        baseline: 0,
        candidate: 3,
        evidence: ['1', '2', '3', '4'].map((id) => ({ callId: id, side: 'candidate' })),
        undecided: 'too few calls tell a new error from a rare one that was there',
      }),
      finding({
        rule: 'coverage.not-exercised',
        category: 'coverage',
        severity: 'info',
        operation: 'orders DELETE /api/orders/{id}',
        summary: 'Not called any more: 30 calls before, none now.',
        baseline: 30,
        candidate: 0,
        evidence: [{ callId: 'node-b/9/9', side: 'baseline' }],
      }),
    ],
    ignored: [
      {
        entry: 'call.auth-missing orders *',
        reason: 'the mesh adds it',
        count: 1,
        findings: ['call.auth-missing orders payment'],
      },
    ],
    coverage: {
      ...judgement().coverage,
      compared: [
        {
          operation: 'orders GET /api/orders/{id}',
          baseline: 149,
          candidate: 165,
          visible: { slowdown: 1.42, newError: 0.0411, vanished: 0.118 },
        },
        {
          operation: 'cache SET session:{id}',
          baseline: 21,
          candidate: 21,
          visible: { slowdown: null, newError: 0.299, vanished: null },
        },
      ],
    },
    baselineOrigin: {
      place: 'git:main:orders.profile',
      commit: '0123456789abcdef0123456789abcdef01234567',
      ref: 'refs/heads/main',
      wireproof: '0.1.0',
      windows: 3,
      tooOld: 0,
      end: 1_699_900_000_000,
      ageMs: 100_000_000,
    },
    graph: {
      edges: [
        edge({ candidate: null, change: 'vanished', finding: 'call.missing orders audit' }),
        edge({
          to: 'tracker.example POST /v1/track',
          baseline: null,
          change: 'appeared',
          finding: 'call.new-destination orders tracker',
        }),
        edge({
          to: 'postgres INSERT orders',
          candidate: { calls: 378, perHandledCall: 3 },
          change: 'changed',
          finding: 'call.count-changed orders POST /api/orders postgres INSERT orders',
        }),
        edge({
          to: 'payment POST /charges',
          change: 'changed',
          finding: 'call.auth-missing orders payment',
        }),
        edge({
          from: null,
          to: 'tracker.example POST /v1/track',
          baseline: null,
          candidate: { calls: 9, perHandledCall: null },
          change: 'appeared',
          finding: 'call.new-destination orders (background) tracker',
        }),
        edge({
          from: 'gateway POST /api/orders',
          caller: 'gateway',
          to: 'orders POST /api/orders',
        }),
        edge({ to: 'inventory POST /reservations' }),
      ],
      leftOut: 2,
    },
  }),
  inconclusive: judgement({
    verdict: 'INCONCLUSIVE',
    reasons: ['candidate capture: it holds no calls', 'only 0 % could be compared'],
    coverage: {
      comparedShare: 0,
      operations: { baseline: 2, candidate: 0, compared: 0 },
      notCovered: [{ operation: 'orders GET /', baseline: 120, candidate: 0 }],
      added: [],
      notChecked: [
        {
          operation: 'orders GET /',
          family: 'latency',
          reason: '12 calls; a P95 change under 2.4× could not be seen',
          samples: { baseline: 120, candidate: 12 },
        },
      ],
      compared: [],
      unreadBodies: { baseline: 0.02, candidate: 0 },
    },
    capture: {
      baseline: healthy,
      candidate: {
        ...healthy,
        calls: 0,
        start: null,
        end: null,
        problems: [{ code: 'no-calls', message: 'it holds no calls' }],
      },
    },
  }),
  hostile: judgement({
    verdict: 'FAIL',
    reasons: HOSTILE,
    findings: HOSTILE.map((name) =>
      finding({
        operation: name,
        path: name,
        summary: name,
        baseline: name,
        candidate: name,
        caller: name,
        causedBy: name,
        chain: [name, name],
        evidence: [{ callId: name, side: 'candidate', note: name }],
      }),
    ),
    graph: {
      edges: HOSTILE.map((name) =>
        edge({ from: name, to: name, change: 'changed', finding: `call.retries ${name}` }),
      ),
      leftOut: 0,
    },
    coverage: {
      comparedShare: 0.896,
      operations: { baseline: 21, candidate: 21, compared: 0 },
      notCovered: HOSTILE.map((operation) => ({ operation, baseline: 1, candidate: 0 })),
      added: HOSTILE.map((operation) => ({ operation, baseline: 0, candidate: 1 })),
      notChecked: HOSTILE.map((name) => ({
        operation: name,
        family: name,
        reason: name,
        samples: { baseline: 1, candidate: 0 },
      })),
      compared: [],
      unreadBodies: { baseline: 0, candidate: 0.118 },
    },
    capture: {
      baseline: { ...healthy, problems: HOSTILE.map((message) => ({ code: 'x', message })) },
      candidate: healthy,
    },
  }),
};

const DIAGRAM = /^```mermaid\n([^`]*)^```$/m;

describe('renderMarkdown', () => {
  it.each(Object.keys(cases))('renders %s as reviewed', async (name) => {
    const markdown = renderMarkdown(cases[name] as Judgement);
    await expect(markdown).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('keeps each row of a table one row of as many cells, whatever the names', () => {
    const rows = renderMarkdown(cases.hostile as Judgement)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(3 * HOSTILE.length);
    for (const row of rows) expect([4, 5, 7]).toContain(row.split('|').length - 1);
  });

  it('shows nothing but its own tags and no link, whatever the names', () => {
    const markdown = renderMarkdown(cases.hostile as Judgement).replace(DIAGRAM, '');
    const tags = new Set(markdown.match(/<\/?[a-z!][^>]*>/gi));
    expect([...tags].sort()).toEqual([
      '</code>',
      '</details>',
      '</summary>',
      '<br>',
      '<code>',
      '<details>',
      '<summary>',
    ]);
    expect(markdown).not.toMatch(/\]\(|https?:\/\/|www\.|`/);
  });

  it('lets no name out of its label in the call graph', () => {
    const [, drawing = ''] = DIAGRAM.exec(renderMarkdown(cases.hostile as Judgement)) ?? [];
    const [head, ...lines] = drawing.trimEnd().split('\n');
    expect(head).toBe('flowchart LR');
    expect(lines.length).toBeGreaterThan(HOSTILE.length);
    for (const line of lines.slice(0, -1)) {
      expect(line).toMatch(/^ {2}n\d+(\["[^"<>`|{}[\]\\@:]+"\]| -->\|"[\w ,]+"\| n\d+)$/);
    }
    expect(lines.at(-1)).toMatch(/^ {2}linkStyle [\d,]+ stroke:#\w+,color:#\w+$/);
  });

  it('draws no call graph where no edge changed', () => {
    expect(renderMarkdown(cases.pass as Judgement)).not.toMatch(/mermaid|Call graph/);
  });

  it('draws no more of the call graph than Mermaid does, and says what it leaves out', () => {
    const edges = Array.from({ length: 90 }, (_, i) =>
      edge({ from: `${i} ${'🦈'.repeat(100)}`, to: `to ${i} ${'🦈'.repeat(100)}` }),
    );
    const markdown = renderMarkdown(judgement({ graph: { edges, leftOut: 0 } }));
    const drawn = markdown.match(/ -->/g)?.length ?? 0;
    expect(drawn).toBeGreaterThan(9);
    expect(DIAGRAM.exec(markdown)?.[1]?.length).toBeLessThan(50_000);
    expect(markdown).toContain(`${90 - drawn} more edges left out here`);
  });

  it.each([1_000_000, 65_536, 20_000, 3_000, 1_200])(
    'stays within %i bytes with 2,500 findings, keeps the verdict and says what it leaves out',
    (maxBytes) => {
      const many = judgement({
        verdict: 'FAIL',
        reasons: ['many differ'],
        findings: Array.from({ length: 2_500 }, (_, i) =>
          finding({ operation: `注文 GET /${i}/${'🦈'.repeat(100)}` }),
        ),
        graph: {
          edges: Array.from({ length: 150 }, (_, i) => edge({ to: `db ${i}`, change: 'changed' })),
          leftOut: 3,
        },
      });
      const markdown = renderMarkdown(many, maxBytes);
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(maxBytes);
      expect(markdown).toContain('Wireproof: FAIL');
      expect(markdown).toContain('2,500 findings: 2500 breaking');
      expect(markdown).toMatch(/\d+ more findings left out here/);
      expect(markdown).toContain('150 edges of the call graph changed');
      expect(markdown).toMatch(/\d+ more edges left out here/);
      expect(markdown.isWellFormed()).toBe(true);
    },
  );

  it('shows all of a long list while it fits', () => {
    const some = judgement({
      findings: Array.from({ length: 700 }, (_, i) => finding({ operation: `orders GET /${i}` })),
    });
    const markdown = renderMarkdown(some);
    expect(markdown).toContain('<code>orders GET /699</code>');
    expect(markdown).not.toContain('left out');
  });
});

it('shows what is accepted and set aside, harmless whatever it is called', () => {
  const markdown = renderMarkdown(judgement(configured));
  expect(markdown).toContain('2 findings: 1 breaking, 1 warning; 1 accepted.');
  expect(markdown).toContain('| breaking, accepted |');
  expect(markdown).toContain('accepted by ann until 2026');
  expect(markdown.match(/## Configuration\n\n(?:- .*\n){4}/)).not.toBeNull();
  for (const name of HOSTILE) {
    const hostile = { reason: name, expires: '2026-12-31', by: name };
    const told = renderMarkdown(
      judgement({
        findings: [finding({ accepted: hostile })],
        ignored: [{ entry: name, reason: name, count: 1, findings: [name] }],
      }),
    );
    expect(told).not.toMatch(/<(?:script|img|h1)|\]\(javascript|@everyone|\u202e/);
    expect(told.split('\n').filter((line) => line.startsWith('::'))).toEqual([]);
  }
});
