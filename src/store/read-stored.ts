import { NewerFormatError } from '../profile/format-version.ts';
import { CaptureError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { unpacked } from './compression.ts';
import type { Run } from './provenance.ts';
import type { Store } from './store.ts';
import { decodeBaseline, type StoredBaseline } from './stored-form.ts';

export interface FoundBaseline extends StoredBaseline {
  readonly revision?: string | undefined;
}

/**
 * What a store holds; undefined where there is nothing yet. Throws CaptureError that names the place
 * and the reason, also where the store vouches for another run than the provenance names.
 */
export async function readStored(store: Store): Promise<FoundBaseline | undefined> {
  const stored = await store.read();
  if (!stored) return undefined;
  const baseline = await decoded(store.name, stored.bytes);
  refuseForged(store.name, baseline, stored.attested ?? {});
  return { ...baseline, revision: stored.revision };
}

/** The baseline in stored bytes. Throws CaptureError that names it by `name`. */
export function decoded(name: string, bytes: Uint8Array): Promise<StoredBaseline> {
  return decodedBy(decodeBaseline, name, bytes);
}

/** What stored bytes hold, read by `decode`. Throws as `decoded` does. */
export async function decodedBy<T>(
  decode: (text: string) => T,
  name: string,
  bytes: Uint8Array,
): Promise<T> {
  try {
    return decode(await unpacked(bytes));
  } catch (cause) {
    const hint =
      cause instanceof NewerFormatError
        ? 'update Wireproof, or store the baseline again with this version'
        : 'write it with `wireproof baseline` or `wireproof profile` of this version';
    throw new CaptureError(`cannot read the profile ${name}: ${(cause as Error).message}`, {
      cause,
      hint,
    });
  }
}

function refuseForged(name: string, { provenance }: StoredBaseline, attested: Partial<Run>): void {
  for (const [key, known] of Object.entries(attested) as [keyof Run, string][]) {
    const told = provenance?.windows.at(-1)?.[key];
    if (told === known) continue;
    throw new CaptureError(
      `${name} is refused: it says that its ${key} is ${visible(told ?? 'unknown', 100)}, but it was stored by ${visible(known, 100)}`,
      { hint: 'somebody else may have made it: store the baseline again' },
    );
  }
}
