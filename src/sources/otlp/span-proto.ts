import { PbfReader } from 'pbf';
import { readSpan, serviceOf } from './read-span.ts';
import { emptySpan, type RawSpan, type Span } from './span.ts';

const MAX_LINKS = 2;
/** Of a file written before scopes had their name. */
const LIBRARY_SPANS = 1000;

/**
 * The spans of an ExportTraceServiceRequest or TracesData (one message on the wire), undefined for
 * each that is none. Throws on bytes that are no such message.
 */
export function spansOfProto(bytes: Uint8Array): (Span | undefined)[] {
  const spans: (Span | undefined)[] = [];
  read(new PbfReader(bytes), (tag, pbf) => {
    if (tag === 1) spans.push(...resourceSpans(pbf));
  });
  return spans;
}

function resourceSpans(pbf: PbfReader): (Span | undefined)[] {
  const attributes = new Map<string, string>();
  const spans: RawSpan[] = [];
  message(pbf, (tag) => {
    if (tag === 1) message(pbf, (inner) => void (inner === 1 && attribute(pbf, attributes)));
    else if (tag === 2 || tag === LIBRARY_SPANS) {
      message(pbf, (inner) => void (inner === 2 && spans.push(span(pbf))));
    }
  });
  const service = serviceOf(attributes);
  return spans.map((raw) => readSpan(raw, service));
}

function span(pbf: PbfReader): RawSpan {
  const raw = emptySpan();
  message(pbf, (tag) => {
    if (tag === 1) raw.traceId = hex(pbf);
    else if (tag === 2) raw.spanId = hex(pbf);
    else if (tag === 3) raw.traceState = pbf.readString();
    else if (tag === 4) raw.parentSpanId = hex(pbf);
    else if (tag === 5) raw.name = pbf.readString();
    else if (tag === 6) raw.kind = pbf.readVarint();
    else if (tag === 7) raw.start = pbf.readFixed64();
    else if (tag === 8) raw.end = pbf.readFixed64();
    else if (tag === 9) attribute(pbf, raw.attributes);
    else if (tag === 13 && raw.links.length < MAX_LINKS) raw.links.push(link(pbf));
    else if (tag === 15) {
      message(pbf, (inner) => {
        if (inner === 3) raw.failed = pbf.readVarint() === 2;
      });
    }
  });
  return raw;
}

function link(pbf: PbfReader): string {
  const ids = ['', ''];
  message(pbf, (tag) => {
    if (tag === 1 || tag === 2) ids[tag - 1] = hex(pbf);
  });
  return ids.join('-');
}

function attribute(pbf: PbfReader, found: Map<string, string>): void {
  let name = '';
  let value: string | undefined;
  message(pbf, (tag) => {
    if (tag === 1) name = pbf.readString();
    else if (tag === 2) value = anyValue(pbf);
  });
  if (value !== undefined) found.set(name, value);
}

/** A value as text; the texts of an array joined, as headers are. */
function anyValue(pbf: PbfReader): string | undefined {
  let value: string | undefined;
  message(pbf, (tag) => {
    if (tag === 5) {
      const items: string[] = [];
      message(pbf, (inner) => void (inner === 1 && items.push(scalar(pbf) ?? '')));
      if (items.length > 0) value = items.join(', ');
    } else value = scalarOf(tag, pbf) ?? value;
  });
  return value;
}

function scalar(pbf: PbfReader): string | undefined {
  let value: string | undefined;
  message(pbf, (tag) => {
    value = scalarOf(tag, pbf) ?? value;
  });
  return value;
}

function scalarOf(tag: number, pbf: PbfReader): string | undefined {
  if (tag === 1) return pbf.readString();
  if (tag === 2) return String(pbf.readBoolean());
  if (tag === 3) return String(pbf.readVarint(true));
  return tag === 4 ? String(pbf.readDouble()) : undefined;
}

function hex(pbf: PbfReader): string {
  return Buffer.from(pbf.readBytes()).toString('hex');
}

function message(pbf: PbfReader, field: (tag: number) => void): void {
  const end = pbf.readVarint() + pbf.pos;
  if (end > pbf.length) throw new RangeError('a message is longer than what holds it');
  read(pbf, field, end);
}

function read(pbf: PbfReader, field: (tag: number, pbf: PbfReader) => void, end?: number): void {
  pbf.readFields((tag) => field(tag, pbf), undefined, end);
}
