import { itemsOf, memberOf } from '../json-member.ts';
import { readSpan, serviceOf } from './read-span.ts';
import { emptySpan, type RawSpan, type Span } from './span.ts';

const MAX_LINKS = 2;
const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

/** The spans of one `resourceSpans` of OTLP/JSON, undefined for each that is none. */
export function spansOfJson(resourceSpans: unknown): (Span | undefined)[] {
  const service = serviceOf(attributesOf(memberOf(resourceSpans, 'resource')));
  const scopes = ['scopeSpans', 'instrumentationLibrarySpans'].flatMap((name) =>
    itemsOf(resourceSpans, name),
  );
  return scopes.flatMap((scope) =>
    itemsOf(scope, 'spans').map((span) => readSpan(rawSpan(span), service)),
  );
}

function rawSpan(span: unknown): RawSpan {
  const text = (name: string) => String(memberOf(span, name) ?? '');
  const code = memberOf(memberOf(span, 'status'), 'code');
  return {
    ...emptySpan(),
    traceId: text('traceId'),
    spanId: text('spanId'),
    parentSpanId: text('parentSpanId'),
    traceState: text('traceState'),
    name: text('name'),
    kind: kindOf(memberOf(span, 'kind')),
    start: Number(memberOf(span, 'startTimeUnixNano')),
    end: Number(memberOf(span, 'endTimeUnixNano')),
    failed: code === 2 || code === 'STATUS_CODE_ERROR',
    attributes: attributesOf(span),
    links: itemsOf(span, 'links')
      .slice(0, MAX_LINKS)
      .map((link) => `${memberOf(link, 'traceId')}-${memberOf(link, 'spanId')}`),
  };
}

function kindOf(raw: unknown): number {
  if (typeof raw === 'number') return raw;
  return Math.max(0, KINDS.indexOf(String(raw).replace('SPAN_KIND_', '')));
}

function attributesOf(owner: unknown): Map<string, string> {
  const found = new Map<string, string>();
  for (const attribute of itemsOf(owner, 'attributes')) {
    const name = memberOf(attribute, 'key');
    const value = textOf(memberOf(attribute, 'value'));
    if (typeof name === 'string' && value !== undefined) found.set(name, value);
  }
  return found;
}

/** A value as text; the items of an array joined, as headers are. */
function textOf(value: unknown): string | undefined {
  for (const name of ['stringValue', 'intValue', 'doubleValue', 'boolValue']) {
    const scalar = memberOf(value, name);
    if (scalar !== undefined) return String(scalar);
  }
  const items = itemsOf(memberOf(value, 'arrayValue'), 'values');
  if (items.length === 0) return undefined;
  return items.flatMap((item) => String(memberOf(item, 'stringValue') ?? '')).join(', ');
}
