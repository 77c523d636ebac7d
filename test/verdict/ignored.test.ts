import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { setAside } from '../../src/verdict/ignored.ts';
import { NO_ALLOWANCES, type RuleLevel } from '../../src/verdict/policy.ts';
import { finding } from '../support/judgements.ts';

const breaking = finding({ operation: 'orders GET /a', path: '/x' });
const header = finding({ rule: 'header.removed', severity: 'warning', path: 'vary' });

const by = (rules: Record<string, RuleLevel['level']>, ...findings: Finding[]) =>
  setAside(findings, [
    {
      ...NO_ALLOWANCES,
      rules: Object.entries(rules).map(([rule, level]) => ({ rule, level })),
    },
  ]);

describe('rules', () => {
  it('say what findings weigh; an id goes before a prefix, a longer one before a shorter', () => {
    const { kept } = by(
      { 'schema.*': 'off', 'schema.field-*': 'info', 'schema.field-removed': 'warning' },
      breaking,
      header,
    );
    expect(kept).toEqual([{ ...breaking, severity: 'warning' }, header]);
  });

  it('make a finding weigh more, but not one that follows from another or is weakened', () => {
    const effect = { ...header, causedBy: 'x' };
    const noise: Finding = { ...header, weakened: 'noise' };
    const { kept } = by({ 'header.*': 'breaking' }, header, effect, noise);
    expect(kept.map(({ severity }) => severity)).toEqual(['breaking', 'warning', 'warning']);
  });

  it('that are off set findings aside, counted', () => {
    expect(by({ 'header.*': 'off' }, breaking, header, header)).toMatchObject({
      kept: [breaking],
      ignored: [
        {
          entry: 'header.removed: off',
          reason: 'this rule is off',
          count: 2,
          findings: Array(2).fill('header.removed orders GET /api/orders/{id} vary'),
        },
      ],
    });
  });
});

describe('ignore', () => {
  const ignore = [{ operation: 'orders GET /*', path: '/x', reason: 'probes' }];

  it('tells of an entry that fits nothing, beside a finding that counts and nowhere else', () => {
    const mistyped = { operation: 'order GET /a', reason: 'probes' };
    const idleOf = (...findings: Finding[]) =>
      setAside(findings, [{ ...NO_ALLOWANCES, ignore: [mistyped, ...ignore] }]).idle;
    expect(idleOf(breaking, header)).toEqual([mistyped]);
    expect(idleOf(header)).toEqual([mistyped, ...ignore]);
    expect(idleOf(breaking)).toEqual([]);
    expect(idleOf({ ...header, severity: 'info' })).toEqual([]);
    expect(idleOf()).toEqual([]);
  });

  it('sets aside what fits, told by its entry', () => {
    const other = { ...breaking, path: '/y' };
    expect(setAside([breaking, other], [{ ...NO_ALLOWANCES, ignore }])).toMatchObject({
      kept: [other],
      ignored: [
        {
          entry: 'orders GET /* /x',
          reason: 'probes',
          count: 1,
          findings: ['schema.field-removed orders GET /a /x'],
        },
      ],
    });
  });

  it('by one file and off by the other is a finding that stays as it is', () => {
    const off = { ...NO_ALLOWANCES, rules: [{ rule: 'schema.*', level: 'off' as const }] };
    const ignoring = { ...NO_ALLOWANCES, ignore };
    const told = setAside([breaking], [off, ignoring]);
    expect(told.ignored.map(({ entry }) => entry)).toEqual(['schema.field-removed: off']);
    expect(setAside([breaking], [off, NO_ALLOWANCES])).toMatchObject({
      kept: [breaking],
      ignored: [],
    });
  });

  it('lists a hundred at most and counts all', () => {
    const many = Array.from({ length: 250 }, () => breaking);
    const [ignored] = setAside(many, [{ ...NO_ALLOWANCES, ignore }]).ignored;
    expect(ignored).toMatchObject({ count: 250 });
    expect(ignored?.findings).toHaveLength(100);
  });

  it('needs every file to agree', () => {
    const files = [{ ...NO_ALLOWANCES, ignore }, NO_ALLOWANCES] as const;
    expect(setAside([breaking], files)).toMatchObject({ kept: [breaking], ignored: [] });
  });
});
