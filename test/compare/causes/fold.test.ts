import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldEffects } from '../../../src/compare/causes/fold.ts';
import type { Finding, Severity } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import { finding } from '../../support/judgements.ts';

const at = (place: string, severity: Severity, cause?: string): Finding =>
  finding({
    rule: 'call.missing',
    operation: place,
    path: 'x',
    severity,
    ...(cause !== undefined && { causedBy: `call.missing ${cause} x` }),
  });
const told = (findings: readonly Finding[]) =>
  foldEffects(findings).map(({ operation, severity, causedBy }) => [operation, severity, causedBy]);

describe('one cause, one finding', () => {
  test('what follows is info, and the cause weighs as much as the worst of it', () => {
    expect(told([at('a', 'warning'), at('b', 'breaking', 'a'), at('c', 'warning', 'a')])).toEqual([
      ['a', 'breaking', undefined],
      ['b', 'info', 'call.missing a x'],
      ['c', 'info', 'call.missing a x'],
    ]);
  });

  test('the cause is the one at the end of the chain', () => {
    expect(told([at('c', 'breaking', 'b'), at('b', 'warning', 'a'), at('a', 'warning')])).toEqual([
      ['c', 'info', 'call.missing a x'],
      ['b', 'info', 'call.missing a x'],
      ['a', 'breaking', undefined],
    ]);
  });

  test('a finding whose cause is not there, or is itself, stands by itself', () => {
    expect(told([at('a', 'breaking', 'gone'), at('b', 'warning', 'b')])).toEqual([
      ['a', 'breaking', undefined],
      ['b', 'warning', undefined],
    ]);
  });

  const place = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const severity = fc.constantFrom<Severity>('breaking', 'warning', 'info');
  const findings = fc
    .uniqueArray(fc.tuple(place, severity, fc.option(place, { nil: undefined })), {
      selector: ([name]) => name,
    })
    .map((all) => all.map(([name, weight, cause]) => at(name, weight, cause)));

  test('loses no finding and no severity, names only causes that stand, and folds once', () => {
    const weights = (all: readonly Finding[]) => all.map((f) => f.severity);
    fc.assert(
      fc.property(findings, (given) => {
        const folded = foldEffects(given);
        expect(folded.map(findingId)).toEqual(given.map(findingId));
        const standing = folded.filter((f) => f.causedBy === undefined);
        for (const severity of ['breaking', 'warning'] as const) {
          if (weights(given).includes(severity)) {
            expect(weights(standing).some((s) => s === severity || s === 'breaking')).toBe(true);
          }
        }
        for (const { causedBy, severity } of folded) {
          if (causedBy === undefined) continue;
          expect(severity).toBe('info');
          expect(standing.map(findingId)).toContain(causedBy);
        }
        expect(foldEffects(folded)).toEqual(folded);
      }),
    );
  });
});
