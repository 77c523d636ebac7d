import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';

const NEW_CALLS = new Set(['call.new-destination', 'call.extra', 'call.mutation-added']);

/** Errors of an operation that the baseline has not came with the calls that are newly made to it. */
export function nameNewlyCalledCauses(findings: readonly Finding[]): Finding[] {
  const news = findings.filter(({ rule }) => NEW_CALLS.has(rule));
  return findings.map((effect) => {
    const { rule, samples, causedBy } = effect;
    if (rule !== 'error.new-status' || samples.baseline > 0 || causedBy !== undefined) {
      return effect;
    }
    const cause = news.find(({ path }) => path === effect.operation);
    return cause ? { ...effect, causedBy: findingId(cause) } : effect;
  });
}
