import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { NULLS_LEFT_OUT } from '../../src/compare/schema/fields.ts';
import { foldSameChanges } from '../../src/verdict/same-change.ts';
import { fieldAt, finding } from '../support/judgements.ts';

const share = (shown: string | number | null) => {
  const [some, all] = String(shown).split('/').map(Number);
  return Number(some) / Number(all);
};

/** A field's finding as a comparison tells it. */
function ofField(
  pointer: string,
  what: string,
  over: Partial<Finding> & { readonly message?: string; readonly renamed?: string } = {},
): Finding {
  const {
    message = 'response 200',
    renamed,
    baseline = '60/60',
    candidate = '0/60',
    ...rest
  } = {
    rule: 'schema.field-removed' as const,
    ...over,
  };
  return finding({
    path: `${message} ${pointer}`,
    field: fieldAt(`${message} ${pointer}`, { what, ...(renamed !== undefined && { renamed }) }),
    summary: `${pointer} of ${message} ${what} (${baseline} → ${candidate}).`,
    baseline,
    candidate,
    effect: share(candidate) - share(baseline),
    samples: { baseline: 60, candidate: 60 },
    ...rest,
  });
}

const TYPE = { rule: 'schema.type-changed' } as const;
const gone = (pointer: string, over = {}) => ofField(pointer, 'is not there any more', over);
const retyped = (pointer: string, over = {}) =>
  ofField(pointer, 'was integer and is string', { rule: 'schema.type-changed', ...over });
const lacking = (pointer: string, candidate: string, over = {}) =>
  ofField(pointer, 'is missing at times', { rule: 'schema.became-optional', candidate, ...over });

/** What counts, and under what place the rest is told. */
function folded(...findings: Finding[]): string[] {
  return foldSameChanges(findings).map(({ severity, path, causedBy }) => {
    const place = path?.replace('response 200 ', '');
    const cause = causedBy?.replace(/^.* response 200 /, '');
    return `${severity} ${place}${cause === undefined ? '' : ` < ${cause}`}`;
  });
}

describe('fields of one name that change alike', () => {
  it('are one finding, that with most samples', () => {
    const most = retyped('/b/amount', { samples: { baseline: 60, candidate: 90 } });
    expect(folded(retyped('/a/amount'), most, retyped('/items/*/amount'))).toEqual([
      'breaking /b/amount',
      'info /a/amount < /b/amount',
      'info /items/*/amount < /b/amount',
    ]);
    expect(foldSameChanges([most, retyped('/a/amount')])[0]?.summary).toBe(
      '/b/amount of response 200 was integer and is string (60/60 → 0/60). So it is at response 200 /a/amount.',
    );
  });

  it('are led by that with most samples also where all are errors', () => {
    const failing = (pointer: string, candidate: number) =>
      retyped(pointer, { category: 'new-error', samples: { baseline: 60, candidate } });
    expect(folded(failing('/a/error', 90), failing('/b/error', 60))[0]).toBe('breaking /a/error');
  });

  it('say where else they are, as far as few are', () => {
    const says = (...names: string[]) =>
      foldSameChanges(names.map((name) => gone(`/${name}`)))[0]?.summary.replace(/.*\)\. /, '');
    expect(says('a', 'b', 'c')).toBe('So it is at response 200 /b, response 200 /c.');
    expect(says('a', 'b', 'c', 'd')).toMatch(/response 200 \/d\.$/);
    expect(says('a', 'b', 'c', 'd', 'e')).toBe(
      'So it is at response 200 /b, response 200 /c, response 200 /d and 1 other place.',
    );
    const other = gone('/a', { operation: 'orders GET /b' });
    expect(foldSameChanges([gone('/a'), other])[0]?.summary).toMatch(
      /So it is at orders GET \/b response 200 \/a\.$/,
    );
    expect(foldSameChanges([gone('/a'), gone('/b/a'), other])[0]?.summary).toMatch(
      /So it is at orders GET \/api\/orders\/\{id\} response 200 \/b\/a, orders GET \/b /,
    );
  });

  it('are one at several operations and statuses of a workload, but not of two', () => {
    const other = { operation: 'orders GET /b' };
    expect(
      folded(gone('/at'), gone('/at', other), gone('/at', { message: 'response 201' })),
    ).toEqual(['breaking /at', 'info /at < /at', 'info response 201 /at < /at']);
    expect(folded(gone('/at'), gone('/at', { operation: 'users GET /b' }))).toHaveLength(2);
    expect(folded(gone('/at'), gone('/at', { operation: 'users GET /b' })).join()).not.toContain(
      '<',
    );
  });

  it('stay apart where the name, the change, the direction or the weight differs', () => {
    const cases = [
      [retyped('/a/amount'), retyped('/b/total')],
      [retyped('/a'), retyped('/b'), ofField('/c', 'was string and is integer', TYPE)],
      [retyped('/a/amount'), gone('/b/amount')],
      [retyped('/a/amount'), retyped('/b/amount', { message: 'request' })],
      [retyped('/a/amount'), retyped('/b/amount', { severity: 'warning' })],
      [retyped('/a/amount'), retyped('/b/amount', { severity: 'warning', undecided: 'few' })],
      [gone('/orders/*'), gone('/users/*')],
    ];
    for (const each of cases) expect(folded(...each).join()).not.toContain('<');
  });

  it('neither lead nor follow where they are accepted', () => {
    const accepted = { reason: 'meant', expires: '2026-12-31' };
    expect(folded(gone('/a/x', { accepted }), gone('/b/x')).join()).not.toContain('<');
  });

  it('take along what follows from them', () => {
    const effect = gone('/a/x', {
      operation: 'gateway GET /a',
      severity: 'info',
      causedBy: 'schema.field-removed orders GET /api/orders/{id} response 200 /a/x',
    });
    expect(
      folded(gone('/b/x', { samples: { baseline: 60, candidate: 99 } }), gone('/a/x'), effect),
    ).toEqual(['breaking /b/x', 'info /a/x < /b/x', 'info /a/x < /b/x']);
  });
});

describe('fields of one object', () => {
  it('that lack in as many messages are one finding', () => {
    expect(folded(lacking('/a', '40/60'), lacking('/b', '40/60'), lacking('/c', '39/60'))).toEqual([
      'breaking /a',
      'breaking /c',
      'info /b < /a',
    ]);
    expect(folded(lacking('/a', '40/60'), lacking('/x/b', '40/60')).join()).not.toContain('<');
  });

  it('that lack where messages tell of an error follow from it', () => {
    const error = ofField('/error', 'tells of an error', {
      rule: 'error.new-code',
      category: 'new-error',
      baseline: '0/60',
      candidate: '20/60',
    });
    expect(folded(lacking('/a', '40/60'), lacking('/b', '40/60'), error)).toEqual([
      'breaking /error',
      'info /a < /error',
      'info /b < /error',
    ]);
    expect(folded(lacking('/a', '41/60'), error)).toEqual(['breaking /a', 'breaking /error']);
  });

  it('that are all gone are one finding from three on', () => {
    expect(folded(gone('/a'), gone('/b'), gone('/c'))).toEqual([
      'breaking /a',
      'info /b < /a',
      'info /c < /a',
    ]);
    expect(folded(gone('/a'), gone('/b')).join()).not.toContain('<');
    expect(folded(gone('/a'), gone('/b'), gone('/x/c')).join()).not.toContain('<');
  });

  it('that are left out where they were null are one finding, in all objects', () => {
    const nulls = (pointer: string, over = {}) =>
      ofField(pointer, NULLS_LEFT_OUT, { rule: 'schema.became-optional', ...over });
    const other = { operation: 'orders GET /b', candidate: '20/60' };
    expect(
      folded(nulls('/a', { candidate: '40/60' }), nulls('/x/b', other), nulls('/c', TYPE)),
    ).toEqual(['breaking /a', 'info /x/b < /a', 'info /c < /a']);
  });

  it('that become another type alike are one finding from three on, null or not', () => {
    const orNull = ofField('/x/c', 'was integer or null and is string or null', TYPE);
    expect(folded(retyped('/a'), retyped('/b', { operation: 'orders GET /b' }), orNull)).toEqual([
      'breaking /a',
      'info /b < /a',
      'info /x/c < /a',
    ]);
  });

  it('whose names are written another way are one finding, wherever they are', () => {
    const renamed = (pointer: string, now: string) => gone(pointer, { renamed: now });
    expect(
      folded(
        renamed('/createdAt', '/created_at'),
        renamed('/items/*/unitPrice', '/items/*/unit_price'),
      ),
    ).toEqual(['breaking /createdAt', 'info /items/*/unitPrice < /createdAt']);
    const elsewhere = { renamed: '/x_y', operation: 'users GET /b' };
    expect(folded(renamed('/aB', '/a_b'), gone('/xY', elsewhere)).join()).not.toContain('<');
    expect(folded(renamed('/owner', '/user'), renamed('/x/total', '/x/sum')).join()).not.toContain(
      '<',
    );
  });
});
