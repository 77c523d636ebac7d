import { describe, expect, it } from 'vitest';
import { foldEffects } from '../../../src/compare/causes/fold.ts';
import type { Finding, Severity } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import { finding } from '../../support/judgements.ts';

const why = 'too few calls tell';

function folded(cause: Severity, effect: Severity): readonly Finding[] {
  const root = finding({ rule: 'latency.p95-increased', operation: 'a', severity: cause });
  const follows = finding({ rule: 'error.new-status', operation: 'b', causedBy: findingId(root) });
  return foldEffects([root, { ...follows, severity: effect, undecided: why }]);
}

describe('a cause with an effect that too few calls leave undecided', () => {
  it.each(['warning', 'info'] as const)('of weight %s is undecided itself', (severity) => {
    const [cause, effect] = folded(severity, 'warning');
    expect(cause).toMatchObject({ severity: 'warning', undecided: why });
    expect(effect).toMatchObject({ severity: 'info' });
  });

  it('is decided where it breaks by itself, or the effect is no warning', () => {
    expect(folded('breaking', 'warning')[0]).not.toHaveProperty('undecided');
    expect(folded('warning', 'info')[0]).not.toHaveProperty('undecided');
  });
});
