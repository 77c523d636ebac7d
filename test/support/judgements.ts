import type { EdgeChange } from '../../src/compare/edge-changes.ts';
import type { FieldChange, Finding } from '../../src/compare/finding.ts';
import type { PrintedFinding } from '../../src/compare/printed-finding.ts';
import type { CaptureSummary, Judgement } from '../../src/verdict/judgement.ts';

/** A finding with everything unsaid filled in. */
export function finding(given?: Partial<PrintedFinding>): PrintedFinding;
export function finding(given: Partial<Finding>): Finding;
export function finding(given: Partial<Finding> = {}): Finding {
  return {
    rule: 'schema.field-removed',
    category: 'schema-change',
    severity: 'breaking',
    operation: 'orders GET /api/orders/{id}',
    path: 'response 200 /currency',
    summary: '/currency of response 200 is not there any more (149/149 → 0/165).',
    baseline: '149/149',
    candidate: '0/165',
    effect: -1,
    interval: { low: null, high: -0.98, level: 0.95 },
    samples: { baseline: 149, candidate: 165 },
    evidence: [
      { callId: 'node-a/1/2', side: 'candidate', note: '/currency' },
      { callId: 'node-b/3/4', side: 'baseline' },
    ],
    ...given,
  };
}

/** The parts of a field's finding at `response 200 /name`, `request query /page`. */
export function fieldAt(path: string, given: Partial<FieldChange> = {}): FieldChange {
  const [message = '', pointer = ''] = /^([^/]*?)(?: (\/.*))?$/.exec(path)?.slice(1) ?? [];
  const [side, ...rest] = message.split(' ');
  if (side !== 'request' && side !== 'response') throw new Error(`No message: ${path}`);
  const status = side === 'response' ? { status: rest.shift() ?? '' } : {};
  return {
    side,
    ...status,
    part: rest[0] ?? 'json',
    pointer,
    what: 'is not there any more',
    ...given,
  };
}

/** A finding about the field at `response 200 /name`. */
export function fieldFinding(path: string, given: Partial<Finding> = {}): Finding {
  return finding({ path, field: fieldAt(path), ...given });
}

/** An edge of the call graph with everything unsaid filled in. */
export function edge(given: Partial<EdgeChange> = {}): EdgeChange {
  return {
    from: 'orders POST /api/orders',
    caller: 'orders',
    to: 'audit POST /events',
    baseline: { calls: 120, perHandledCall: 1 },
    candidate: { calls: 126, perHandledCall: 1 },
    change: 'same',
    ...given,
  };
}

export const healthy: CaptureSummary = {
  calls: 2272,
  duplicates: 12,
  badRecords: 0,
  start: 1_700_000_000_000,
  end: 1_700_000_600_000,
  bodies: { whole: 2395, cut: 3, redacted: 1 },
  silence: { start: 1_700_000_010_000, ms: 4000 },
  clockSkew: { ms: 0.4, nodes: ['node-a', 'node-b'] },
  problems: [],
};

/** A judgement with everything unsaid filled in. */
export function judgement(given: Partial<Judgement> = {}): Judgement {
  return {
    schemaVersion: 1,
    verdict: 'PASS',
    reasons: ["no breaking difference in 15 operations that hold 100 % of the baseline's calls"],
    findings: [],
    coverage: {
      comparedShare: 1,
      operations: { baseline: 15, candidate: 15, compared: 15 },
      notCovered: [],
      added: [],
      notChecked: [],
      compared: [],
      unreadBodies: { baseline: 0, candidate: 0 },
    },
    capture: { baseline: healthy, candidate: healthy },
    ...given,
  };
}

const acceptance = {
  rule: 'schema.field-removed',
  operation: 'orders *',
  path: 'response 200 *',
  reason: 'the field moved',
  expires: '2026-12-31',
  by: 'ann',
};

/** What a configuration does to a judgement: everything that may be told of it. */
export const configured = {
  findings: [
    finding({ accepted: { reason: 'the field moved', expires: '2026-12-31', by: 'ann' } }),
    finding({ severity: 'warning', weakened: 'noise' }),
  ],
  ignored: [{ entry: 'header.*', reason: 'proxies', count: 3, findings: ['header.removed a b'] }],
  acceptances: {
    unused: [{ ...acceptance, by: undefined, path: undefined }],
    expired: [{ ...acceptance, expires: '2023-01-01' }],
    untrusted: [{ ...acceptance, reason: 'trust me' }],
  },
} as const satisfies Partial<Judgement>;

/** Names as an attacker would choose them, one a format and then some. */
export const HOSTILE: readonly string[] = [
  'a | b | c',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '::error::you are hacked',
  '\n::set-output name=verdict::PASS',
  '##[error]you are hacked',
  '[click](javascript:alert(1))',
  '![pixel](https://evil.example/p.png)',
  'https://evil.example/ www.evil.example a@evil.example',
  '`code` **bold** _it_ ~~gone~~ $x^2$',
  '</code></details><h1>PASS</h1>',
  '<!-- wireproof -->',
  '@everyone #1',
  '\u001b[2J\u001b[1;1H\u001b]8;;https://evil.example\u0007PASS\u001b]8;;\u0007',
  'a\rPASS',
  '\u202egnissap\u2066 \u200b\ufeff\u2028\u0085',
  '\u{e0041}\u{e0042}\ud800',
  '| --- | --- |\n| x | y |',
  '&lt;script&gt; &#60;',
  'x'.repeat(10_000),
  '🦈'.repeat(5_000),
];

/** The same, several to a name where they are short: a page has no line or cell that one could hide another in. */
export const HOSTILE_TOGETHER: readonly string[] = [
  ...[0, 1, 2, 3].map((part) =>
    HOSTILE.filter((name, i) => name.length < 100 && i % 4 === part).join(' '),
  ),
  ...HOSTILE.filter((name) => name.length >= 100),
];
