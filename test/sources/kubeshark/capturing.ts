import type { Call } from '../../../src/calls/call.ts';
import { type CaptureProblem, observationsOf } from '../../../src/calls/observation.ts';
import { type KubesharkOptions, openKubeshark } from '../../../src/sources/kubeshark/index.ts';
import { silent } from '../../../src/support/progress.ts';
import { Hub } from '../../hub/hub.ts';
import type { HubOptions } from '../../hub/hub-options.ts';
import type { HubRecord } from '../../hub/record.ts';
import { type Doors, type Serving, serve } from '../../hub/serve.ts';
import { syntheticCalls } from '../../hub/synthetic.ts';

/** When the recorded traffic began, Unix ms. */
export const start = 1_750_000_000_000;
/** A minute of calls, of which the last come right at its end. */
export const minute = { start, end: start + 59_999 };

export const calls = (count: number): HubRecord[] =>
  syntheticCalls({ calls: count, start, span: 60_000 });

/** A served Hub, closed when the scope ends. */
export async function hubWith(
  source: string | readonly HubRecord[],
  options: Partial<HubOptions> = {},
  doors: Doors = {},
): Promise<{ hub: Hub; url: string } & AsyncDisposable> {
  const hub = new Hub(source, options);
  const serving: Serving = await serve(hub, 0, doors);
  return { hub, url: serving.url, [Symbol.asyncDispose]: serving.close };
}

export interface Captured {
  readonly calls: readonly Call[];
  readonly bad: readonly string[];
  readonly problems: readonly CaptureProblem[];
}

/** Preflight and capture over a session of its own. */
export async function capture(
  options: Partial<KubesharkOptions>,
  window = minute,
  signal = AbortSignal.timeout(600_000),
): Promise<Captured> {
  const session = await openKubeshark({ route: 'auto', ...options }, silent, signal);
  try {
    await session.preflight(window);
    const { batches, problems } = session.capture(window);
    const seen: Call[] = [];
    const bad: string[] = [];
    for await (const observation of observationsOf({ batches })) {
      if (observation.kind === 'call') seen.push(observation.call);
      else bad.push(observation.reason);
    }
    return { calls: seen, bad, problems };
  } finally {
    await session.close();
  }
}

export const identity = ({ node, id }: Call) => `${node} ${id}`;
export const codes = ({ problems }: Captured) => problems.map(({ code }) => code);

/** The stand-in's command line, as a user would give it. */
export const standIn = (rest: string) => `'${process.execPath}' test/hub/stdio.ts mcp ${rest}`;
