import { summariseProfile } from '../report/profile-summary.ts';
import { renderShow } from '../report/show.ts';
import { readStored } from '../store/read-stored.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { CaptureError, ExitCode } from '../support/errors.ts';
import { jsonText } from '../support/json-text.ts';
import { openPlace } from './baseline-store.ts';
import type { CommandIO, Outcome } from './command.ts';
import { isStore } from './find-baseline.ts';
import { loadWindows } from './load-profile.ts';
import type { Inputs } from './options.ts';

/** Prints what stored baselines, profiles or captures hold; with `--json` a document a line each. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  for (const [i, place] of inputs.captures.entries()) {
    const { windows, provenance } = await load(place, inputs, io);
    const summary = summariseProfile(place, windows, provenance);
    if (inputs.json) io.out(`${jsonText(summary)}\n`);
    else io.out(`${i === 0 ? '' : '\n'}${renderShow(summary)}`);
  }
  return { exitCode: ExitCode.pass };
}

async function load(place: string, inputs: Inputs, io: CommandIO): Promise<StoredBaseline> {
  if (!isStore(place)) return loadWindows(place, io, { names: inputs.names ?? [] });
  const found = await readStored(await openPlace(place, io));
  if (found) return found;
  throw new CaptureError(`there is no baseline in ${place} yet`, {
    hint: 'store one: wireproof baseline -o, and the same place',
  });
}
