import type { Profile } from '../profile/profile.ts';
import { refuseOtherRepository, refuseOtherScope } from '../store/fits.ts';
import { parsePlace } from '../store/place.ts';
import type { Provenance, Scope } from '../store/provenance.ts';
import { readStored } from '../store/read-stored.ts';
import { byAge } from '../store/rolling.ts';
import { runOf } from '../store/run-of.ts';
import { CaptureError } from '../support/errors.ts';
import type { BaselineSource } from '../verdict/baseline-origin.ts';
import { openPlace } from './baseline-store.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';
import { readBaselineFile } from './read-profile.ts';

/** Windows as a place holds them: none where there is no baseline yet. */
export interface FoundWindows {
  readonly place: string;
  readonly windows: readonly Profile[];
  readonly provenance?: Provenance | undefined;
}

/** What a candidate is compared with. */
export interface Baseline {
  /** At least one; else `missing` says why. */
  readonly windows: readonly Profile[];
  /** Where it comes from, where that is known. */
  readonly source?: BaselineSource | undefined;
  readonly missing?: string;
}

/** Whether an argument is a place that only a store can read. */
export function isStore(place: string): boolean {
  return parsePlace(place).kind !== 'file';
}

/**
 * The windows that a place holds. Refuses those of another repository and, where a scope is given,
 * of another scope. A file that is not there is more often a mistake than a first run: it is an error
 * unless `--missing-baseline` is given. Throws UsageError and CaptureError.
 */
export async function findBaseline(
  place: string,
  { missingBaseline }: Pick<Inputs, 'missingBaseline'>,
  io: CommandIO,
  scope?: Scope,
): Promise<FoundWindows> {
  const found =
    place === '-' ? await readBaselineFile(place) : await readStored(await openPlace(place, io));
  if (found === undefined) {
    if (missingBaseline === undefined && !isStore(place)) throw noFile(place);
    return { place, windows: [] };
  }
  const { windows, provenance } = found;
  if (provenance) {
    if (scope) refuseOtherScope(place, provenance, scope);
    const { repository } = await runOf(io.env, io.signal);
    refuseOtherRepository(place, provenance, repository);
  }
  return { place, windows, provenance };
}

function noFile(path: string): CaptureError {
  return new CaptureError(`cannot read the baseline ${path}: there is no such file`, {
    hint: 'first run? --missing-baseline inconclusive goes on without one',
  });
}

/** The windows that ended at most `maxAge` ms before `now`; says in the log what that leaves out. */
export function withinAge(
  found: readonly FoundWindows[],
  maxAge: number | undefined,
  now: number,
  io: CommandIO,
): Baseline {
  const dated = found.flatMap(({ place, windows, provenance }) =>
    windows.map((profile, i) => ({
      place,
      profile,
      end: profile.capture.end,
      from: provenance?.windows[i],
    })),
  );
  const { kept, aged } = byAge(dated, maxAge, now);
  if (aged.length > 0) {
    io.progress.warn(
      `${aged.length} of the baseline's ${dated.length} windows are older than --max-age`,
    );
  }
  const windows = kept.map(({ profile }) => profile);
  const newest = kept.at(-1);
  if (newest === undefined) {
    const places = found.map(({ place }) => place).join(', ');
    const missing =
      dated.length === 0
        ? `there is no baseline in ${places} yet`
        : `the baseline in ${places} is older than --max-age, all of its ${dated.length} windows`;
    return { windows, missing };
  }
  if (found.length > 1 || newest.from === undefined) return { windows };
  const { start: _start, end, calls: _calls, ...run } = newest.from;
  const { place } = newest;
  return { windows, source: { place, ...run, windows: kept.length, tooOld: aged.length, end } };
}
