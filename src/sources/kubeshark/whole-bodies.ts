import { z } from 'zod';
import type { Call } from '../../calls/call.ts';
import type { CaptureProblem } from '../../calls/observation.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';
import type { Window } from './options.ts';
import type { Tool, ToolArguments } from './transport.ts';

/** Whole bodies fetched per operation and status: twice the default of --min-samples, since two nodes may have seen a call. */
const perOperation = 40;
/** In a window that may be read in parts, the sample is drawn from each stretch so long, ms: less than what a part reads before its own. */
const stretch = 60_000;
/** Share of the calls with bodies cut short that may go without. */
const fewCut = 0.1;
const mostOperations = 10_000;
const mostBytes = 1024 * 1024;
const names = ['get_api_call', 'get_api_call_details'] as const;

const detail = z.object({
  entry: z.record(z.string(), z.unknown()).nullish(),
  req_body: z.unknown(),
  resp_body: z.unknown(),
});

type Raw = Readonly<Record<string, unknown>>;

/** Lists show previews of bodies; the detail tool has the whole, one call at a time. */
export class WholeBodies {
  readonly #hub: HubClient;
  readonly #tool: Tool | undefined;
  readonly #db: string | undefined;
  readonly #most: number;
  readonly #stretch: number;
  #taken = new Map<string, number>();
  #now = Number.NEGATIVE_INFINITY;
  #tried = 0;
  #calls = 0;
  #cut = 0;
  #failed = 0;

  private constructor(
    hub: HubClient,
    tool: Tool | undefined,
    db: string | undefined,
    inParts: Window | undefined,
  ) {
    this.#hub = hub;
    this.#tool = tool;
    this.#db = db;
    this.#stretch = inParts ? stretch : Number.POSITIVE_INFINITY;
    const length = inParts ? Math.max(stretch, inParts.end - inParts.start) : stretch;
    this.#most = Math.ceil((perOperation * stretch) / length);
  }

  /** `inParts`: the window that is read in parts, each of which must choose as all of them would. */
  static async of(
    hub: HubClient,
    db: string | undefined,
    inParts?: Window | undefined,
  ): Promise<WholeBodies> {
    const tools = await hub.tools();
    const name = names.find((one) => tools.has(one));
    return new WholeBodies(hub, name === undefined ? undefined : tools.get(name), db, inParts);
  }

  /** Whether this call's cut bodies belong to the sample; counts it when they do. */
  wants(call: Call): boolean {
    this.#calls += 1;
    if (call.requestBody.state !== 'cut' && call.responseBody.state !== 'cut') return false;
    this.#cut += 1;
    const now = Math.floor(call.ts / this.#stretch);
    if (now !== this.#now) this.#taken = new Map();
    this.#now = now;
    const shape = call.path.split('?', 1)[0]?.replace(/[0-9a-f-]*[0-9][0-9a-f-]*/gi, '#');
    const { dst, protocol, method, status } = call;
    const key = [dst.workload.name, protocol, method, shape, status].join(' ');
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.#most) return false;
    if (!this.#taken.has(key) && this.#taken.size >= mostOperations) return false;
    this.#taken.set(key, taken + 1);
    this.#tried += 1;
    return this.#tool !== undefined;
  }

  /** The record with its whole bodies, or as it was when they can't be had. */
  async complete(record: Raw): Promise<Raw> {
    const tool = this.#tool as Tool;
    try {
      const answer = await this.#hub.call(tool.name, this.#arguments(tool, record), detail);
      return {
        ...record,
        req_body: answer.req_body ?? answer.entry?.req_body ?? record.req_body,
        resp_body: answer.resp_body ?? answer.entry?.resp_body ?? record.resp_body,
      };
    } catch (error) {
      if (!(error instanceof HubFailure)) throw error;
      this.#failed += 1;
      return record;
    }
  }

  problems(): CaptureProblem[] {
    if (this.#cut <= this.#calls * fewCut) return [];
    if (this.#tool !== undefined && this.#failed < this.#tried) return [];
    const why = this.#tool === undefined ? 'there is no detail tool' : 'the detail tool failed';
    const message = `${this.#cut} calls have bodies cut short, and ${why}: their schemas are unknown`;
    return [{ code: 'bodies-unknown', message }];
  }

  #arguments({ parameters }: Tool, record: Raw): ToolArguments {
    const args: Record<string, string | number | boolean> = { id: String(record.id) };
    if (typeof record.node_id === 'string') args.node_id = record.node_id;
    if (parameters.has('max_payload_size')) args.max_payload_size = mostBytes;
    if (parameters.has('include_l4')) args.include_l4 = false;
    const takesDb = parameters.has('db') || parameters.size === 0;
    if (this.#db !== undefined && takesDb) args.db = this.#db;
    return args;
  }
}
