import { itemsOf, memberOf } from '../json-member.ts';
import type { Span } from './span.ts';
import { spansOfJson } from './span-json.ts';
import { spansOfProto } from './span-proto.ts';

/** Spans that were read together; undefined for what is none. */
export type Spans = readonly (Span | undefined)[];

const DAMAGED: Spans = [undefined];
const OPEN_BRACE = 0x7b;

/** The spans of one message, in protobuf or JSON: undefined ones for what can't be read. */
export function spansOfMessage(bytes: Buffer): Spans {
  if (bytes[0] === OPEN_BRACE) return spansOfDocument(bytes.toString('utf8'));
  try {
    return spansOfProto(bytes);
  } catch {
    return DAMAGED;
  }
}

/** The spans of a whole document in JSON, or of one of its `resourceSpans`. Metrics and logs hold none. */
export function spansOfDocument(text: string): Spans {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return DAMAGED;
  }
  if (Array.isArray(memberOf(value, 'resourceSpans'))) {
    return itemsOf(value, 'resourceSpans').flatMap(spansOfJson);
  }
  if (isOther(value)) return [];
  return memberOf(value, 'resource') === undefined && !hasSpans(value)
    ? DAMAGED
    : spansOfJson(value);
}

function isOther(value: unknown): boolean {
  return ['resourceMetrics', 'resourceLogs'].some((name) => memberOf(value, name) !== undefined);
}

function hasSpans(value: unknown): boolean {
  return memberOf(value, 'scopeSpans') !== undefined;
}
