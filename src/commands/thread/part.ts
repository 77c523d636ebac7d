import { encodeProfile } from '../../profile/codec.ts';
import { silent } from '../../support/progress.ts';
import { type FilePart, profilePart } from '../file-part.ts';

/** Profiles a part of a file that another thread looked over; that thread tells how far it is. */
export async function partText(part: FilePart): Promise<string> {
  const { signal } = new AbortController();
  return encodeProfile(await profilePart(part, { signal, progress: silent }));
}
