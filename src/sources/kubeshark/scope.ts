import type { CaptureProblem } from '../../calls/observation.ts';
import type { CallPages } from './call-page.ts';
import type { Window } from './options.ts';

export interface Scope {
  readonly kfl: readonly string[];
  readonly problems: readonly CaptureProblem[];
}

/**
 * The first dialect of the filter that matches something. A wrong name matches nothing and gives
 * no error, so an empty answer is asked for again without the filter.
 */
export async function findScope(
  pages: CallPages,
  window: Window,
  dialects: readonly (readonly string[])[],
): Promise<Scope> {
  const [preferred = [], ...others] = dialects;
  if (preferred.length === 0) return { kfl: preferred, problems: [] };
  if ((await pages.count({ ...window, kfl: preferred })) > 0)
    return { kfl: preferred, problems: [] };
  const unfiltered = await pages.count({ ...window, kfl: [] });
  if (unfiltered === 0) return { kfl: preferred, problems: [] };
  for (const kfl of others) {
    if ((await pages.count({ ...window, kfl })) > 0) return { kfl, problems: [] };
  }
  const filter = preferred.map((part) => `(${part})`).join(' && ');
  const message =
    `the filter ${filter} matches none of the ${unfiltered} or more calls in the window: check ` +
    'namespace, workload and kfl for a misspelt name or field';
  return { kfl: preferred, problems: [{ code: 'no-calls', message }] };
}
