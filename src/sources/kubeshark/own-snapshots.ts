import { randomBytes } from 'node:crypto';
import { visible } from '../../support/escape.ts';
import type { Progress } from '../../support/progress.ts';
import { HubFailure } from './hub-failure.ts';
import type { Window } from './options.ts';
import type { Transport } from './transport.ts';

const tool = 'delete_snapshot';
/** For all of them: the run has ended, or was told to. */
const PATIENCE = 10_000;

/**
 * Snapshots that are made for one run and go with it, however it ends. Their names are nobody else's,
 * so that one that was asked for when the run was interrupted can be deleted without knowing whether
 * it came to be.
 */
export class OwnSnapshots {
  readonly #names: string[] = [];

  /** A name for a snapshot that is about to be asked for. */
  name({ start, end }: Window): string {
    const name = `wireproof-${start}-${end}-${randomBytes(6).toString('hex')}`;
    this.#names.push(name);
    return name;
  }

  /** Deletes them, even when the run's own signal was given. Never throws; what is left is told. */
  async remove(transport: Transport, progress: Progress): Promise<void> {
    if (this.#names.length === 0) return;
    const signal = AbortSignal.timeout(PATIENCE);
    for (const name of this.#names.splice(0)) {
      try {
        await removeOne(transport, name, signal);
        progress.note(`snapshot ${name}: deleted`);
      } catch (error) {
        if (isNone(error)) continue;
        progress.warn(`snapshot ${name} is left on the Hub: ${visible((error as Error).message)}`);
      }
    }
  }
}

async function removeOne(transport: Transport, name: string, signal: AbortSignal): Promise<void> {
  const found = (await transport.tools(signal)).find((one) => one.name === tool);
  if (!found) throw new HubFailure('refused', `it has no tool ${tool}`);
  const byId = found.parameters.has('id') && !found.parameters.has('name');
  await transport.call(tool, { [byId ? 'id' : 'name']: name }, signal);
}

/** Whether it never came to be. */
function isNone(error: unknown): boolean {
  return (
    error instanceof HubFailure && /\b404\b|no (?:such )?snapshot|not found/i.test(error.message)
  );
}
