import { copyOf } from '../profile/copy.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { byWeight, type Comparison, compareProfiles } from './compare.ts';
import type { CompareOptions } from './family-result.ts';
import type { Finding } from './finding.ts';
import { setNoiseAside } from './noise.ts';

/**
 * Compares with a baseline of one or more windows: with all of them merged, less what differs between
 * the windows themselves by the same checks. The windows are left as they are.
 */
export function compareWindows(
  windows: readonly Profile[],
  cand: Profile,
  options: CompareOptions,
): Comparison {
  const comparison = compareProfiles(merged(windows), cand, options);
  if (windows.length < 2) return comparison;
  const findings = setNoiseAside(comparison.findings, insideFindings(windows, options));
  return { ...comparison, findings: findings.toSorted(byWeight) };
}

/** Every window against all the others and the others against it, since some checks look one way. */
function insideFindings(windows: readonly Profile[], options: CompareOptions): Finding[] {
  return windows.flatMap((window, i) => {
    const others = () => merged(windows.toSpliced(i, 1));
    return [
      ...compareProfiles(others(), copyOf(window), options).findings,
      ...compareProfiles(copyOf(window), others(), options).findings,
    ].filter(({ category }) => category !== 'coverage');
  });
}

function merged(windows: readonly Profile[]): Profile {
  return mergeAll(windows.map(copyOf));
}
