import type { Call } from '../../src/calls/call.ts';
import { type CaptureProblem, observationsOf } from '../../src/calls/observation.ts';
import { recognise } from '../../src/sources/recognise.ts';
import { withFile } from './with-file.ts';

export interface Read {
  readonly calls: readonly Call[];
  /** Why records could not be read. */
  readonly bad: readonly string[];
  readonly problems: readonly CaptureProblem[];
}

/** What a file of this content is read as, by what it is recognised as. */
export function readContent(content: string | Uint8Array): Promise<Read> {
  return withFile('capture', content, async (path) => {
    const format = await recognise(path);
    if (format === 'profile') throw new Error('it is a profile');
    const { batches, problems } = format.read(path, { names: [] });
    const calls: Call[] = [];
    const bad: string[] = [];
    for await (const observation of observationsOf({ batches })) {
      if (observation.kind === 'call') calls.push(observation.call);
      else bad.push(observation.reason);
    }
    return { calls, bad, problems };
  });
}
