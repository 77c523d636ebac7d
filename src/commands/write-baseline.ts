import { encodeProfile } from '../profile/codec.ts';
import type { Profile } from '../profile/profile.ts';
import { compressionFor, packed } from '../store/compression.ts';
import { refuseOtherRepository, refuseOtherScope, scopeOf } from '../store/fits.ts';
import { parsePlace } from '../store/place.ts';
import type { Run } from '../store/provenance.ts';
import { readStored } from '../store/read-stored.ts';
import { roll } from '../store/rolling.ts';
import { runOf } from '../store/run-of.ts';
import { type Store, StoreConflict } from '../store/store.ts';
import { encodeBaseline, type StoredWindow } from '../store/stored-form.ts';
import { CaptureError, ExitCode, UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { tellCalls } from './write-profile.ts';

/** How often another writer may be quicker before we give up. */
const TRIES = 5;

/**
 * Stores windows as the baseline in a place, or prints them; with `--rolling` beside those that the
 * place holds already. Says in the log what it did.
 */
export async function writeBaseline(
  windows: readonly Profile[],
  store: Store | undefined,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const run = await runOf(io.env, io.signal);
  const fresh = windows.map((profile) => ({ profile, run }));
  tellCalls(windows, io);
  if (store === undefined) {
    io.out(encodeBaseline(fresh, scopeOf(inputs)));
    return { exitCode: ExitCode.pass };
  }
  const place = inputs.output as string;
  const pack = (all: readonly StoredWindow[]) =>
    packed(encodeBaseline(all, scopeOf(inputs)), compressionFor(parsePlace(place)));
  if (inputs.rolling === undefined) await store.write(pack(fresh));
  else await append(fresh, store, inputs.rolling, pack, inputs, io);
  io.progress.note(`baseline written to ${place}`);
  return { exitCode: ExitCode.pass, files: { profile: place } };
}

async function append(
  fresh: readonly StoredWindow[],
  store: Store,
  keep: number,
  pack: (all: readonly StoredWindow[]) => Buffer,
  inputs: Inputs,
  io: CommandIO,
): Promise<void> {
  const { maxAge } = inputs;
  for (let i = 0; i < TRIES; i++) {
    const found = await storedWindows(store, fresh[0]?.run, inputs);
    const dated = fresh.map(withKey);
    const now = Math.max(...dated.map(({ end }) => end ?? 0));
    const { kept, aged } = roll(found.windows.map(withKey), dated, { keep, maxAge, now });
    try {
      await store.write(pack(kept.map(({ window }) => window)), found.revision);
      const gone = aged.length > 0 ? `, ${aged.length} were older than --max-age` : '';
      io.progress.note(`the baseline holds ${kept.length} windows${gone}`);
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
  throw new CaptureError(`${store.name}: ${TRIES} times somebody else was quicker to write it`, {
    hint: 'let fewer jobs write to one place at the same time',
  });
}

/** The windows that the place holds; its revision, null where it holds nothing. */
async function storedWindows(store: Store, run: Run | undefined, inputs: Inputs) {
  const found = await readStored(store);
  if (found === undefined) return { windows: [], revision: null };
  const { windows, provenance, revision } = found;
  if (provenance === undefined) {
    throw new UsageError(`${store.name} holds a profile that does not say where it comes from`, {
      hint: 'store the baseline once without --rolling',
    });
  }
  refuseOtherScope(store.name, provenance, scopeOf(inputs));
  refuseOtherRepository(store.name, provenance, run?.repository);
  const stored = windows.map((profile, i): StoredWindow => {
    const {
      start: _start,
      end: _end,
      calls: _calls,
      ...of
    } = provenance.windows[i] as Run & {
      start: unknown;
      end: unknown;
      calls: unknown;
    };
    return { profile, run: of };
  });
  return { windows: stored, revision };
}

function withKey(window: StoredWindow) {
  return { window, end: window.profile.capture.end, key: encodeProfile(window.profile) };
}
