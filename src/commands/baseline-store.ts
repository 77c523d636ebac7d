import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { CommandIO } from './command.ts';

/** Opens the store at a place as it was given. Throws UsageError. */
export function openPlace(place: string, io: CommandIO): Promise<Store> {
  const { env, signal, progress, openArtifact } = io;
  return openStore(place, { env, signal, note: (line) => progress.note(line), openArtifact });
}
