import { describe, expect, it } from 'vitest';
import { type Change, Reporter } from '../../../src/compare/schema/report.ts';
import type { Side } from '../../../src/compare/schema/rules.ts';

const MESSAGE = { side: 'response', status: '200', part: 'json' } as const;

const change = (given: Partial<Change> = {}): Change => ({
  rule: 'schema.became-optional',
  pointer: '/a',
  what: 'is missing at times',
  base: { some: 50, all: 50 },
  cand: { some: 30, all: 60 },
  weight: 'decided',
  baseExamples: ['b2', 'b1'],
  candExamples: ['c2', 'c1'],
  ...given,
});

function report(changes: readonly Partial<Change>[], side: Side = 'response', part = 'json') {
  const status = side === 'response' ? { status: '200' } : {};
  const reporter = new Reporter('orders GET /a', side, { side, ...status, part });
  for (const one of changes) reporter.add(change(one));
  return { findings: reporter.findings(), notChecked: reporter.notChecked() };
}
const told = (given: Partial<Change>, side?: Side) =>
  report([given], side).findings.map(({ severity, undecided }) => [
    severity,
    undecided !== undefined,
  ]);

describe('a change at a place', () => {
  it('is a finding with its place, its shares before and after, and calls of both sides', () => {
    const [found] = report([{}]).findings;
    expect(found).toEqual({
      rule: 'schema.became-optional',
      category: 'schema-change',
      severity: 'breaking',
      operation: 'orders GET /a',
      path: 'response 200 /a',
      field: { ...MESSAGE, pointer: '/a', what: 'is missing at times' },
      summary: '/a of response 200 is missing at times (50/50 → 30/60).',
      baseline: '50/50',
      candidate: '30/60',
      effect: -0.5,
      interval: { low: expect.closeTo(-0.622, 2), high: expect.closeTo(-0.356, 2), level: 0.95 },
      samples: { baseline: 50, candidate: 60 },
      evidence: [
        { callId: 'c1', side: 'candidate', note: '/a' },
        { callId: 'c2', side: 'candidate', note: '/a' },
        { callId: 'b1', side: 'baseline', note: '/a' },
        { callId: 'b2', side: 'baseline', note: '/a' },
      ],
    });
  });

  it('shows what it was and is, where that says more than shares', () => {
    expect(report([{ before: 'integer', after: 'string' }]).findings[0]).toMatchObject({
      baseline: 'integer',
      candidate: 'string',
    });
  });

  it('is told of its part, and of the body as a whole', () => {
    expect(report([{}], 'response', 'form').findings[0]).toMatchObject({
      path: 'response 200 form /a',
      summary: expect.stringMatching(/^\/a of response 200 form is missing/),
    });
    expect(report([{ pointer: '' }], 'request').findings[0]).toMatchObject({
      path: 'request',
      summary: 'The body of request is missing at times (50/50 → 30/60).',
      evidence: expect.arrayContaining([{ callId: 'c1', side: 'candidate', note: 'body' }]),
    });
  });

  it('weighs what its rule says of its side, or less where the evidence is less', () => {
    expect(told({})).toEqual([['breaking', false]]);
    expect(told({}, 'request')).toEqual([['warning', false]]);
    expect(told({ weight: 'undecided' })).toEqual([['warning', true]]);
    expect(told({ weight: 'undecided' }, 'request')).toEqual([['warning', false]]);
    expect(told({ weight: 'undecided', atMost: 'warning' })).toEqual([['warning', false]]);
    expect(told({ weight: 'likely' })).toEqual([['warning', false]]);
    expect(told({ weight: 'doubtful' })).toEqual([['info', false]]);
    expect(told({ atMost: 'warning' })).toEqual([['warning', false]]);
    expect(told({ atMost: 'info' })).toEqual([['info', false]]);
    expect(told({ rule: 'schema.became-required' })).toEqual([['info', false]]);
  });

  it('that may be a rename says so', () => {
    expect(report([{ renamed: '/b' }]).findings[0]).toMatchObject({
      field: { renamed: '/b' },
      summary: '/a of response 200 is missing at times; perhaps it is /b now (50/50 → 30/60).',
    });
  });

  it('that another mix of cases may explain is a warning where a case is surely gone', () => {
    const ofCases = { rule: 'schema.field-removed', ofCases: true } as const;
    const gone = { rule: 'schema.enum-value-removed', pointer: '/kind' } as const;
    const added = {
      rule: 'schema.enum-value-added',
      pointer: '/kind',
      base: { some: 0, all: 60 },
    } as const;
    const severity = (others: readonly Partial<Change>[], side?: Side) =>
      report([ofCases, ...others], side).findings[0]?.severity;
    expect(severity([])).toBe('breaking');
    expect(severity([], 'request')).toBe('warning');
    expect(severity([gone])).toBe('warning');
    expect(severity([{ ...gone, weight: 'undecided' }])).toBe('breaking');
    expect(severity([gone, added])).toBe('breaking');
    expect(severity([gone, { ...added, pointer: '/state' }])).toBe('warning');
    expect(severity([gone, { ...added, base: { some: 3, all: 60 } }])).toBe('warning');
  });

  it('that chance may explain says so, and is told only where it might harm or is a new field', () => {
    const doubtful = { weight: 'doubtful' } as const;
    expect(report([doubtful]).findings[0]?.summary).toMatch(/\)\. Chance may explain it\.$/);
    expect(told({ ...doubtful, rule: 'schema.became-required' })).toEqual([]);
    expect(told({ ...doubtful, rule: 'schema.field-added' })).toEqual([['info', false]]);
    expect(told({ weight: 'likely', rule: 'schema.became-required' })).toEqual([['info', false]]);
    expect(told({ weight: 'same' })).toEqual([]);
  });

  it('is told at five hundred places of a message at most, where it weighs most', () => {
    const added = Array(500).fill({ rule: 'schema.field-added' });
    const { findings } = report([...added, {}]);
    expect(findings).toHaveLength(500);
    expect(findings[0]?.severity).toBe('breaking');
  });

  it('is told as what it means, and not once more as what it is', () => {
    const meaning = ({ rule, ...rest }: Change) =>
      rule === 'schema.became-optional' ? { ...rest, rule: 'error.new-code' as const } : undefined;
    const reporter = new Reporter('orders GET /a', 'response', MESSAGE, meaning);
    reporter.add(change());
    expect(reporter.findings().map(({ rule, category }) => [rule, category])).toEqual([
      ['error.new-code', 'new-error'],
    ]);
  });
});

describe('places with too few values', () => {
  const few = (pointer: string, base: number, cand: number) =>
    ({
      pointer,
      weight: 'too few',
      base: { some: 1, all: base },
      cand: { some: 0, all: cand },
    }) as const;

  it('are one entry, with the fewest values', () => {
    expect(report([few('/a', 9, 5), few('', 4, 7)])).toEqual({
      findings: [],
      notChecked: [
        {
          operation: 'orders GET /a',
          family: 'schema',
          reason: 'response 200: too few values to tell at /a (1/9 → 0/5), / (1/4 → 0/7).',
          samples: { baseline: 4, candidate: 5 },
        },
      ],
    });
    expect(report([{}]).notChecked).toEqual([]);
  });

  it('are five by name, and the number of the others', () => {
    const places = (count: number, where?: string) =>
      report(
        Array.from({ length: count }, (_, i) => few(`/f${i}`, 9, 9)),
        'response',
        where,
      ).notChecked[0]?.reason;
    expect(places(5, 'query')).toMatch(/^response 200 query: too few .*\/f4 \(1\/9 → 0\/9\)\.$/);
    expect(places(7)).toMatch(/\/f4 \(1\/9 → 0\/9\) and 2 more places\.$/);
  });
});
