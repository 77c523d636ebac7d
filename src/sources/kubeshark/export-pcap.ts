import { readFile, rename, rm, truncate } from 'node:fs/promises';
import { z } from 'zod';
import type { Call } from '../../calls/call.ts';
import { CaptureError } from '../../support/errors.ts';
import type { Progress } from '../../support/progress.ts';
import { temporaryName } from '../../support/temporary-name.ts';
import { measurePcap } from '../pcap.ts';
import { connectionFilter } from './connection-filter.ts';
import type { HubClient } from './hub-client.ts';
import type { Window } from './options.ts';
import { chooseRoute } from './route.ts';
import { findSnapshot, freeze } from './snapshot.ts';
import type { Tool, ToolArguments } from './transport.ts';

export interface PcapRequest {
  readonly window: Window;
  /** The calls whose connections are wanted. */
  readonly calls: readonly Call[];
  readonly dest: string;
  readonly maxBytes: number;
  /** Take them from this snapshot. */
  readonly snapshot?: string | undefined;
}

export interface ExportedPcap {
  readonly snapshot: string;
  readonly filter: string;
  readonly connections: number;
  /** Connections that the filter had no room for. */
  readonly leftOut: number;
  readonly packets: number;
  readonly bytes: number;
  /** Whether there was more than was kept. */
  readonly cut: boolean;
}

const tool = 'export_snapshot_pcap';
/** Around the calls, ms: clocks differ, and a connection is opened before its first call. */
const margin = 1_000;
const text = z
  .string()
  .startsWith('/')
  .max(64 * 1024);

/** The path, bare or as the member that has one. */
const answer = z.union([
  text,
  z.record(z.string(), z.unknown()).transform((members, context) => {
    const path = Object.values(members).find((value) => text.safeParse(value).success);
    if (path === undefined) context.addIssue({ code: 'custom', message: 'it names no file' });
    return path as string;
  }),
]);

/**
 * Saves the packets of some calls' connections, from the snapshot named, or one of the window: that
 * which there is, or one made now. The file is whole packets, or absent. Throws CaptureError with the reason.
 */
export async function exportPcap(
  hub: HubClient,
  { window, calls, dest, maxBytes, snapshot: named }: PcapRequest,
  progress: Progress,
): Promise<ExportedPcap> {
  const exporter = (await hub.tools()).get(tool);
  if (!exporter) throw new CaptureError(`${hub.transport.name} has no tool ${tool}`);
  const { expression, ...counts } = connectionFilter(calls);
  if (expression === '') throw new CaptureError('the calls bear no addresses');
  const snapshot =
    named === undefined ? await frozen(hub, window, progress) : await findSnapshot(hub, named);
  const args = argumentsOf(exporter, snapshot.id, expression, timesOf(calls));
  const path = await hub.call(tool, args, answer);
  const temporary = temporaryName(dest);
  try {
    await hub.download(path, temporary, maxBytes);
    const kept = await keepWhole(temporary, maxBytes);
    await rename(temporary, dest);
    return { snapshot: snapshot.name, filter: expression, ...counts, ...kept };
  } finally {
    await rm(temporary, { force: true });
  }
}

async function frozen(hub: HubClient, window: Window, progress: Progress) {
  const { window: held } = await chooseRoute(hub, 'snapshot', window, undefined);
  return freeze(hub, held, progress);
}

/** Cuts a capture behind the last whole packet that there is room for. */
async function keepWhole(path: string, maxBytes: number) {
  const bytes = await readFile(path);
  const extent = measurePcap(bytes.subarray(0, maxBytes));
  if (!extent) throw new CaptureError('what the Hub gave is no capture of packets');
  if (extent.packets === 0) {
    throw new CaptureError('the snapshot holds no packet of these connections');
  }
  const cut = extent.end < bytes.length;
  if (cut) await truncate(path, extent.end);
  return { packets: extent.packets, bytes: extent.end, cut };
}

function argumentsOf(
  { parameters }: Tool,
  id: string,
  filter: string,
  { start, end }: Window,
): ToolArguments {
  const named = ['id', 'snapshot_id', 'snapshot', 'name'].find((name) => parameters.has(name));
  return { [named ?? 'id']: id, bpf_filter: filter, start_time: start, end_time: end };
}

function timesOf(calls: readonly Call[]): Window {
  const ends = calls.map(({ ts, latency }) => ts + (latency ?? 0));
  return {
    start: Math.floor(Math.min(...calls.map(({ ts }) => ts)) - margin),
    end: Math.ceil(Math.max(...ends) + margin),
  };
}
