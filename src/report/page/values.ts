import type { Finding } from '../../compare/finding.ts';
import { isTime } from '../finding-values.ts';
import { asTold, ms, share } from './text.tsx';

/** Before and after in a few characters, with the unit that the rule has. */
export function valuesOf(finding: Finding): readonly [before: string, after: string] {
  const { rule, baseline, candidate, samples } = finding;
  const tell = (value: Finding['baseline'], all: number) => {
    if (typeof value !== 'number') return asTold(value, 44);
    if (isTime(rule)) return ms(value);
    if (rule.startsWith('error.') && all > 0 && value <= all) return share(value / all);
    return asTold(value, 44);
  };
  return [tell(baseline, samples.baseline), tell(candidate, samples.candidate)];
}
