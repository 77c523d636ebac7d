import { z } from 'zod';
import { CaptureError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';
import type { Progress } from '../../support/progress.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';
import type { Window } from './options.ts';
import { poll } from './poll.ts';
import type { Tool, ToolArguments } from './transport.ts';

const job = z.object({
  name: z.string().nullish(),
  id: z.string().nullish(),
  status: z.string().nullish(),
  progress: z.coerce.number().nullish(),
  error: z.string().nullish(),
  start_ts: z.coerce.number().nullish(),
  end_ts: z.coerce.number().nullish(),
});
type Job = z.output<typeof job>;

const dissection = 'wireproof';

const needed = [
  'create_snapshot',
  'get_snapshot',
  'start_snapshot_dissection',
  'get_snapshot_dissection_status',
] as const;

/** The tools for snapshots that this Hub lacks. */
export async function missingSnapshotTools(hub: HubClient): Promise<readonly string[]> {
  const tools = await hub.tools();
  return needed.filter((tool) => !tools.has(tool));
}

/**
 * Freezes the raw traffic of a window and dissects it; returns the database to ask. One that was
 * made for the same window before is used again, since snapshots never change.
 */
export async function takeSnapshot(
  hub: HubClient,
  window: Window,
  progress: Progress,
): Promise<string> {
  const { name } = await freeze(hub, window, progress);
  return dissect(hub, name, progress);
}

/** Dissects a snapshot that is there; returns the database to ask. */
export async function dissect(hub: HubClient, name: string, progress: Progress): Promise<string> {
  const args = { snapshot: name, name: dissection };
  await unlessThere(hub, 'start_snapshot_dissection', args);
  await finished(hub, 'get_snapshot_dissection_status', args, progress);
  return `${name}/${dissection}`;
}

/**
 * The time that a finished snapshot holds; undefined where the Hub doesn't tell. Throws CaptureError
 * when there is none of that name.
 */
export async function spanOfSnapshot(hub: HubClient, name: string): Promise<Window | undefined> {
  const { start_ts: start, end_ts: end } = await snapshotJob(hub, name);
  return start && end ? { start, end } : undefined;
}

async function snapshotJob(hub: HubClient, name: string): Promise<Job> {
  const tool = (await hub.tools()).get('get_snapshot');
  if (tool === undefined) {
    throw new CaptureError(`${hub.transport.name} has no tool get_snapshot`);
  }
  return hub.call('get_snapshot', nameArguments(tool, name), job).catch((cause: unknown) => {
    if (!(cause instanceof HubFailure)) throw cause;
    throw new CaptureError(`no snapshot ${visible(name)}: ${cause.message}`, {
      cause,
      hint: "the alert that a monitor raised names its snapshot; Kubeshark's list_snapshots lists all",
    });
  });
}

/** What a finished snapshot is called, by its name. Throws CaptureError when there is none. */
export async function findSnapshot(
  hub: HubClient,
  name: string,
): Promise<{ readonly name: string; readonly id: string }> {
  return { name, id: (await snapshotJob(hub, name)).id ?? name };
}

/** Freezes the raw traffic of a window, or finds where that was done; gives what it is called. */
export async function freeze(
  hub: HubClient,
  window: Window,
  progress: Progress,
): Promise<{ readonly name: string; readonly id: string }> {
  const wanted = hub.own?.name(window) ?? `wireproof-${window.start}-${window.end}`;
  const create = (await hub.tools()).get('create_snapshot') as Tool;
  const created = await unlessThere(hub, 'create_snapshot', {
    name: wanted,
    ...windowArguments(create, window),
  });
  const name = created?.name ?? created?.id ?? wanted;
  progress.note(`snapshot ${name}: asked for`);
  const done = await finished(
    hub,
    'get_snapshot',
    nameArguments(await toolOf(hub, 'get_snapshot'), name),
    progress,
  );
  return { name, id: done.id ?? name };
}

async function toolOf(hub: HubClient, name: string): Promise<Tool> {
  return (await hub.tools()).get(name) as Tool;
}

/** The window under the names and in the form that this version's tool takes. */
function windowArguments({ parameters }: Tool, { start, end }: Window): ToolArguments {
  const pairs = [
    ['start', 'end'],
    ['start_ts', 'end_ts'],
    ['start_time', 'end_time'],
    ['from', 'to'],
  ] as const;
  const [from, to] = pairs.find(([first]) => parameters.has(first)) ?? pairs[0];
  const text = parameters.get(from) === 'string';
  const value = (ms: number) => (text ? new Date(ms).toISOString() : ms);
  return { [from]: value(start), [to]: value(end) };
}

function nameArguments({ parameters }: Tool, name: string): ToolArguments {
  return parameters.has('name') || !parameters.has('id') ? { name } : { id: name };
}

/** Starts a job, or finds it started already (409). */
async function unlessThere(hub: HubClient, tool: string, args: ToolArguments) {
  try {
    return await hub.call(tool, args, job);
  } catch (error) {
    const there = error instanceof HubFailure && /\b409\b|already exists/i.test(error.message);
    if (!there) throw error;
    return undefined;
  }
}

async function finished(
  hub: HubClient,
  tool: string,
  args: ToolArguments,
  progress: Progress,
): Promise<Job> {
  const label = tool === 'get_snapshot' ? 'snapshot' : 'dissection of the snapshot';
  const done = await poll(async (): Promise<Job | undefined> => {
    const state = await hub.call(tool, args, job);
    progress.step(label, Math.round((state.progress ?? 0) * 100), 100);
    return /^(completed|failed|cancelled|error)$/i.test(state.status ?? '') ? state : undefined;
  }, hub.signal);
  if (done?.status?.toLowerCase() === 'completed') return done;
  const how = done === undefined ? 'takes longer than half an hour' : `ended as ${done.status}`;
  throw new CaptureError(
    `The ${label} ${how}${done?.error ? `: ${done.error.slice(0, 200)}` : ''}`,
    {
      hint: 'look at the Hub for room and errors, take a shorter window, or use --route live',
    },
  );
}
