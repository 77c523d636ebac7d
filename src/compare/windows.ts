import { copyOf } from '../profile/copy.ts';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { type Comparison, compareProfiles } from './compare.ts';
import type { CompareOptions } from './family-result.ts';
import type { Finding } from './finding.ts';
import { setNoiseAside } from './noise.ts';
import { byWeight } from './severity.ts';

/**
 * Compares with a baseline of one or more windows: with all of them merged, less what differs between
 * the windows themselves by the same checks. The windows are left as they are.
 */
export function compareWindows(
  windows: readonly Profile[],
  cand: Profile,
  options: CompareOptions,
  noise: readonly Finding[] = noiseOf(windows, options),
): Comparison {
  const comparison = compareProfiles(merged(windows), cand, options);
  const findings = setNoiseAside(comparison.findings, noise);
  return { ...comparison, findings: findings.toSorted(byWeight) };
}

/**
 * What differs inside a baseline: every window against all the others, and the others against it,
 * since some checks look one way.
 */
export function noiseOf(windows: readonly Profile[], options: CompareOptions): readonly Finding[] {
  if (windows.length < 2) return [];
  return windows.flatMap((window, i) => {
    const others = () => merged(windows.toSpliced(i, 1));
    return [
      ...compareProfiles(others(), window, options).findings,
      ...compareProfiles(window, others(), options).findings,
    ].filter(({ category }) => category !== 'coverage');
  });
}

/** Comparing leaves a profile as it is; merging may take its parts over. */
function merged(windows: readonly Profile[]): Profile {
  const [only, ...more] = windows;
  return only && more.length === 0 ? only : mergeAll(windows.map(copyOf));
}
