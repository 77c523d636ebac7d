import { PbfWriter } from 'pbf';

/** A span as a test gives it. Times are Unix ms. */
export interface GivenSpan {
  readonly service: string;
  readonly trace: string;
  readonly id: string;
  readonly parent?: string | undefined;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly name?: string;
  readonly start: number;
  readonly end: number;
  readonly failed?: boolean;
  readonly attributes?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly resource?: Readonly<Record<string, string>>;
  readonly state?: string;
  readonly links?: readonly { readonly trace: string; readonly id: string }[];
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

const hexOf = (value: string, digits: number) =>
  Buffer.from(value).toString('hex').padStart(digits, '0').slice(-digits);
/** Ids of the wire for ids that are easy to read. */
export const traceId = (name: string) => hexOf(name, 32);
export const spanId = (name: string) => hexOf(name, 16);

const nanoseconds = (ms: number) => BigInt(Math.round(ms * 1000)) * 1000n;

function groups(spans: readonly GivenSpan[]): [Record<string, string>, GivenSpan[]][] {
  const resource = ({ service, resource }: GivenSpan) => ({ 'service.name': service, ...resource });
  return [...Map.groupBy(spans, (span) => JSON.stringify(resource(span)))].map(([key, group]) => [
    JSON.parse(key),
    group,
  ]);
}

/** The spans as one TracesData in OTLP/JSON. */
export function otlpDocument(spans: readonly GivenSpan[]): object {
  const value = (v: string | number | readonly string[]) =>
    typeof v === 'string'
      ? { stringValue: v }
      : typeof v === 'number'
        ? { intValue: String(v) }
        : { arrayValue: { values: v.map((stringValue) => ({ stringValue })) } };
  const attributes = (given: object = {}) =>
    Object.entries(given).map(([key, v]) => ({ key, value: value(v) }));
  return {
    resourceSpans: groups(spans).map(([resource, group]) => ({
      resource: { attributes: attributes(resource) },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: group.map((span) => ({
            traceId: traceId(span.trace),
            spanId: spanId(span.id),
            ...(span.parent !== undefined && { parentSpanId: spanId(span.parent) }),
            ...(span.state !== undefined && { traceState: span.state }),
            name: span.name ?? span.id,
            kind: KINDS.indexOf(span.kind),
            startTimeUnixNano: String(nanoseconds(span.start)),
            endTimeUnixNano: String(nanoseconds(span.end)),
            attributes: attributes(span.attributes),
            links: span.links?.map(({ trace, id }) => ({
              traceId: traceId(trace),
              spanId: spanId(id),
            })),
            status: span.failed ? { code: 2 } : {},
          })),
        },
      ],
    })),
  };
}

/** The same in protobuf. */
export function otlpProto(spans: readonly GivenSpan[]): Buffer {
  const pbf = new PbfWriter();
  for (const [resource, group] of groups(spans)) {
    message(pbf, 1, () => {
      message(pbf, 1, () => attributes(pbf, 1, resource));
      message(pbf, 2, () => {
        for (const span of group) message(pbf, 2, () => writeSpan(pbf, span));
      });
    });
  }
  return Buffer.from(pbf.finish());
}

/** Messages as the collector's file exporter writes them in protobuf. */
export function framed(messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    messages.flatMap((bytes) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function writeSpan(pbf: PbfWriter, span: GivenSpan): void {
  pbf.writeBytesField(1, Buffer.from(traceId(span.trace), 'hex'));
  pbf.writeBytesField(2, Buffer.from(spanId(span.id), 'hex'));
  if (span.state !== undefined) pbf.writeStringField(3, span.state);
  if (span.parent !== undefined) pbf.writeBytesField(4, Buffer.from(spanId(span.parent), 'hex'));
  pbf.writeStringField(5, span.name ?? span.id);
  pbf.writeVarintField(6, KINDS.indexOf(span.kind));
  pbf.writeFixed64Field(7, Number(nanoseconds(span.start)));
  pbf.writeFixed64Field(8, Number(nanoseconds(span.end)));
  attributes(pbf, 9, span.attributes ?? {});
  for (const { trace, id } of span.links ?? []) {
    message(pbf, 13, () => {
      pbf.writeBytesField(1, Buffer.from(traceId(trace), 'hex'));
      pbf.writeBytesField(2, Buffer.from(spanId(id), 'hex'));
    });
  }
  if (span.failed) message(pbf, 15, () => pbf.writeVarintField(3, 2));
}

function attributes(pbf: PbfWriter, tag: number, given: object): void {
  for (const [key, value] of Object.entries(given)) {
    message(pbf, tag, () => {
      pbf.writeStringField(1, key);
      message(pbf, 2, () => {
        if (typeof value === 'string') pbf.writeStringField(1, value);
        else if (typeof value === 'number') pbf.writeVarintField(3, value);
        else {
          message(pbf, 5, () => {
            for (const item of value) message(pbf, 1, () => pbf.writeStringField(1, item));
          });
        }
      });
    });
  }
}

function message(pbf: PbfWriter, tag: number, write: () => void): void {
  pbf.writeMessage(tag, write, undefined);
}
