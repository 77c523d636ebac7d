import type { HubOptions } from './hub-options.ts';
import { compileKfl } from './kfl.ts';
import { drawOf, seeded } from './random.ts';
import type { HubRecord } from './record.ts';
import { ToolError } from './tool-error.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** `list_api_calls`: the newest `limit` calls that match, ties in any order. */
export function listCalls(records: readonly HubRecord[], args: Arguments, options: HubOptions) {
  const limit = Number(args.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new ToolError(400, 'limit must be between 1 and 1000');
  }
  const format = args.format ?? 'compact';
  const page = Math.min(limit, options.pageLimit);
  const matching = matchingCalls(records, args, options);
  if (limit > 1) failWhereBroken(args, options);
  const newest = newestFirst(matching, page).filter(
    ({ id }) => options.capture.unlisted === 0 || drawOf(id) >= options.capture.unlisted,
  );
  return {
    calls: newest.map((record) => (format === 'compact' ? compact(record) : full(record, options))),
    total: options.total === 'matching' ? matching.length : newest.length,
    truncated: matching.length > page,
  };
}

/** A page that the Hub fails on whenever it is asked for, though it can count its calls. */
function failWhereBroken(args: Arguments, { capture: { brokenPages } }: HubOptions): void {
  if (!brokenPages) return;
  const { oldest_ts, newest_ts } = brokenPages;
  const [start, end] = [Number(args.start ?? -Infinity), Number(args.end ?? Infinity)];
  const narrow = end - start < 10 * (newest_ts - oldest_ts);
  if (narrow && start <= newest_ts && end >= oldest_ts) {
    throw new ToolError(503, 'the index of this time is broken');
  }
}

export function matchingCalls(
  records: readonly HubRecord[],
  args: Arguments,
  options: HubOptions,
): readonly HubRecord[] {
  const start = args.start === undefined ? -Infinity : Number(args.start);
  const end = args.end === undefined ? Infinity : Number(args.end);
  const from = lowerBound(records, start);
  const to = lowerBound(records, options.endInclusive ? end + 1 : end);
  const window = records.slice(from, Math.max(from, to));
  if (typeof args.kfl !== 'string' || args.kfl.trim() === '') return window;
  try {
    return window.filter(compileKfl(args.kfl));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ToolError(400, `invalid KFL: ${error.message}`);
    throw error;
  }
}

function lowerBound(records: readonly HubRecord[], ts: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] as HubRecord).ts < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

function newestFirst(records: readonly HubRecord[], count: number): HubRecord[] {
  const first = records[Math.max(0, records.length - count)]?.ts ?? 0;
  const random = seeded(records.length);
  return records
    .slice(lowerBound(records, first))
    .map((record) => ({ record, tie: random() }))
    .sort((a, b) => b.record.ts - a.record.ts || a.tie - b.tie)
    .slice(0, count)
    .map(({ record }) => record);
}

function compact(record: HubRecord) {
  const { id, ts, src, dst, proto, method, path, status, latency_ms } = record;
  return { id, ts, src, dst, proto, method, path, status, latency_ms };
}

function full(record: HubRecord, options: HubOptions): HubRecord {
  return {
    ...record,
    ...(typeof record.req_body === 'string' && { req_body: cut(record.req_body, options.preview) }),
    ...(typeof record.resp_body === 'string' && {
      resp_body: cut(record.resp_body, options.preview),
    }),
  };
}

/** The first `bytes` bytes, no character halved. */
export function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return Buffer.from(text).subarray(0, bytes).toString().replace(/�$/, '');
}
