import { createHash } from 'node:crypto';
import type { Profile } from '../profile/profile.ts';
import { profileCapture } from '../profile/profiler.ts';
import { scopeOf } from '../store/fits.ts';
import { UsageError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import { type Window, windowOf } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import { openSession } from './open-session.ts';
import type { Inputs, Shard } from './options.ts';
import { profiling } from './profiling.ts';
import { rangeOf, readingOf, shareOf } from './shard.ts';
import type { ShardSource } from './shard-source.ts';
import { watchedCapture } from './watched-capture.ts';

/**
 * What Kubeshark holds of a window, cut evenly; each part asks for its own time and a margin alone.
 * Throws UsageError where the window depends on when that is asked.
 */
export function shardsOfKubeshark(inputs: Inputs, io: CommandIO): ShardSource {
  const window = fixedWindow(inputs);
  const { route, kubesharkUrl, kubesharkCommand } = inputs;
  const scope = scopeOf(inputs);
  const hub = createHash('sha256')
    .update(JSON.stringify([kubesharkUrl ?? null, kubesharkCommand ?? null]))
    .digest('hex');
  const within = scope.namespace.length > 0 ? ` of ${scope.namespace.join(', ')}` : '';
  return {
    input: `Kubeshark's calls${within} from ${iso(window.start)} to ${iso(window.end)}`.slice(
      0,
      4096,
    ),
    identity: JSON.stringify([window.start, window.end, route, hub, scope]),
    profile: (shard) => profilePart(window, shard, inputs, io),
  };
}

function fixedWindow(inputs: Inputs): Window {
  const { start, end, window } = inputs;
  if (end !== undefined || (start !== undefined && window !== undefined)) {
    const { start: from, end: to } = windowOf(inputs, 0);
    return { start: Math.floor(from), end: Math.ceil(to) };
  }
  throw new UsageError('profile needs a CAPTURE, or a fixed time to ask Kubeshark for', {
    hint: 'give --start and --end, or one of them and --window',
  });
}

async function profilePart(
  window: Window,
  shard: Shard,
  inputs: Inputs,
  io: CommandIO,
): Promise<Profile> {
  const range = rangeOf(window, shard);
  const session = await openSession(inputs, io);
  try {
    await session.preflight(window);
    const capture = session.capture(window, readingOf(range, window));
    const { owns } = shareOf(range);
    const watched = watchedCapture('Kubeshark', capture, io, 'part');
    return await profileCapture(watched, { ...profiling(inputs), owns });
  } finally {
    await session.close();
  }
}
