import { describe, expect, it } from 'vitest';
import { accept } from '../../src/verdict/acceptances.ts';
import { type Acceptance, NO_ALLOWANCES, policyOf } from '../../src/verdict/policy.ts';
import { lastDay } from '../../src/verdict/today.ts';
import { finding } from '../support/judgements.ts';

const removed = finding({ operation: 'orders GET /a', path: 'response 200 /currency' });
const entry: Acceptance = {
  rule: 'schema.field-removed',
  operation: 'orders *',
  reason: 'the field moved',
  expires: '2026-12-31',
  by: 'ann',
};
const acceptedOn = (today: string | undefined, ...entries: Acceptance[]) =>
  accept([removed], policyOf({ ...NO_ALLOWANCES, accept: entries }), today);

describe('an acceptance', () => {
  it('marks what fits it, which keeps its severity, and says by whom, why and until when', () => {
    const { findings, acceptances } = acceptedOn('2026-06-01', entry);
    const { reason, expires, by } = entry;
    expect(findings).toEqual([{ ...removed, accepted: { reason, expires, by } }]);
    expect(acceptances).toEqual({ unused: [], expired: [], untrusted: [] });
  });

  it.each([
    [{ rule: 'schema.*' }, true],
    [{ rule: 'schema.field-added' }, false],
    [{ operation: 'users *' }, false],
    [{ operation: 'orders GET /a' }, true],
    [{ path: 'response 200 *' }, true],
    [{ path: 'response 500 *' }, false],
    [{ path: undefined }, true],
  ])('with %j', (given, fits) => {
    const { findings, acceptances } = acceptedOn('2026-06-01', { ...entry, ...given });
    expect(findings[0]?.accepted !== undefined).toBe(fits);
    expect(acceptances.unused).toHaveLength(fits ? 0 : 1);
  });

  it('holds on its last day, and not on the next', () => {
    expect(acceptedOn('2026-12-31', entry).findings[0]).toHaveProperty('accepted');
    const { findings, acceptances } = acceptedOn('2027-01-01', entry);
    expect(findings).toEqual([removed]);
    expect(acceptances).toMatchObject({ unused: [], expired: [entry] });
  });

  it('does not hold on a day that nobody knows', () => {
    const { findings, acceptances } = acceptedOn(undefined, entry);
    expect(findings).toEqual([removed]);
    expect(acceptances).toEqual({ unused: [], expired: [], untrusted: [] });
  });

  it('of nobody says nothing of who', () => {
    const { by, ...unsigned } = entry;
    const { accepted } = acceptedOn('2026-06-01', unsigned).findings[0] ?? {};
    expect(accepted).toStrictEqual({ reason: entry.reason, expires: entry.expires });
  });

  it('needs every file to agree; told is what the last one has that does nothing', () => {
    const gone = { ...entry, rule: 'call.missing' };
    const late = { ...gone, expires: '2026-01-01' };
    const proposal = { ...gone, operation: 'users *' };
    const of = (...accepts: Acceptance[][]) => {
      const [first = NO_ALLOWANCES, ...others] = accepts.map((all) => ({
        ...NO_ALLOWANCES,
        accept: all,
      }));
      const policy = { allowances: [first, ...others], untrusted: [proposal] } as const;
      return accept([removed], policy, '2026-06-01');
    };
    expect(of([entry], [gone, late, proposal])).toEqual({
      findings: [removed],
      acceptances: { unused: [gone], expired: [late], untrusted: [proposal] },
    });
    const sooner = { ...entry, expires: '2026-07-01', reason: 'mine' };
    expect(of([entry], [sooner]).findings[0]?.accepted).toEqual({
      reason: entry.reason,
      by: 'ann',
      expires: '2026-07-01',
    });
  });

  it('with an empty path means findings that have none', () => {
    const { path, ...bare } = removed;
    const policy = policyOf({ ...NO_ALLOWANCES, accept: [{ ...entry, path: '' }] });
    expect(accept([bare, removed], policy, '2026-06-01').findings).toEqual([
      expect.objectContaining({ accepted: expect.anything() }),
      removed,
    ]);
  });
});

describe('the day of a capture', () => {
  it('is that of its last call, UTC', () => {
    expect(lastDay({ end: Date.parse('2026-12-31T23:59:59.999Z') })).toBe('2026-12-31');
    expect(lastDay({ end: Date.parse('2027-01-01T00:30:00+01:00') })).toBe('2026-12-31');
  });

  it.each([[null], [8.7e15], [Date.parse('+010000-01-01')], [Number.NaN]])(
    'is none at %s',
    (end) => {
      expect(lastDay({ end })).toBeUndefined();
    },
  );
});
