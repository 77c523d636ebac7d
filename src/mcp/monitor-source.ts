import { z } from 'zod';
import { keptScopes } from '../commands/kept-alerts.ts';
import type { Alert } from '../monitor/alert.ts';
import type { StatusData } from '../report/monitor/status-data.ts';
import { CaptureError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import type { Context } from './context.ts';

const PATIENCE_MS = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** What of a monitor can be told, wherever it was read. */
export interface MonitorState {
  /** `status`: a monitor that runs told it; `state`: read from what one keeps, running or not. */
  readonly from: 'status' | 'state' | 'none';
  readonly scopes: readonly {
    readonly scope: string;
    readonly judged_to?: string;
    readonly calls_per_second?: number;
    readonly learned?: string;
  }[];
  readonly firing: readonly Alert[];
  readonly resolved: readonly Alert[];
  /** Alerts that the monitor itself leaves out of its status. */
  readonly leftOut: { readonly firing: number; readonly resolved: number };
  readonly blind: readonly { readonly scope: string; readonly reason: string }[];
}

const alert = z.looseObject({
  id: z.string(),
  rule: z.string(),
  severity: z.string(),
  scope: z.string(),
  since: z.string(),
  summary: z.string(),
  kfl: z.string(),
  subject: z.looseObject({ workload: z.string() }),
  evidence: z.array(z.looseObject({ callId: z.string() })),
});

const statusSchema = z.looseObject({
  kind: z.literal('status'),
  scopes: z.array(
    z.looseObject({
      scope: z.string(),
      end: z.string(),
      callsPerSecond: z.number(),
      learned: z.string(),
      firingLeftOut: z.number(),
      resolvedLeftOut: z.number(),
      firing: z.array(alert),
      resolved: z.array(alert),
    }),
  ),
  blind: z.array(z.looseObject({ scope: z.string(), reason: z.string() })),
});

/** Asks the monitor that the server was told of, else reads the state that one keeps. Throws CaptureError. */
export async function monitorState(
  { inputs }: Context,
  signal: AbortSignal,
): Promise<MonitorState> {
  if (inputs.monitorUrl !== undefined) return fromStatus(await statusAt(inputs.monitorUrl, signal));
  const scopes = await keptScopes(inputs.state);
  return {
    from: scopes.length === 0 ? 'none' : 'state',
    scopes: scopes.map(({ scope, judgedTo }) => ({
      scope,
      ...(judgedTo !== null && { judged_to: iso(judgedTo) }),
    })),
    firing: scopes.flatMap(({ firing }) => firing),
    resolved: [],
    leftOut: { firing: 0, resolved: 0 },
    blind: [],
  };
}

function fromStatus({ scopes, blind }: StatusData): MonitorState {
  return {
    from: 'status',
    scopes: scopes.map(({ scope, end, callsPerSecond, learned }) => ({
      scope,
      judged_to: end,
      calls_per_second: callsPerSecond,
      learned,
    })),
    firing: scopes.flatMap(({ firing }) => firing),
    resolved: scopes.flatMap(({ resolved }) => resolved),
    leftOut: {
      firing: scopes.reduce((sum, { firingLeftOut }) => sum + firingLeftOut, 0),
      resolved: scopes.reduce((sum, { resolvedLeftOut }) => sum + resolvedLeftOut, 0),
    },
    blind,
  };
}

async function statusAt(base: string, signal: AbortSignal): Promise<StatusData> {
  const url = new URL('status.json', base.endsWith('/') ? base : `${base}/`);
  try {
    const answer = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    if (!answer.ok) throw new RangeError(`it answered ${answer.status}`);
    return statusSchema.parse(JSON.parse(await bounded(answer))) as unknown as StatusData;
  } catch (cause) {
    signal.throwIfAborted();
    throw new CaptureError(
      `no monitor told its status at ${url.href}: ${(cause as Error).message}`,
      {
        cause,
        hint: 'is it running with --listen, and is that the address of --monitor-url?',
      },
    );
  }
}

async function bounded({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > MAX_BYTES) throw new RangeError(`it is larger than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
