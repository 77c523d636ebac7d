/** Who made a span, from its resource. */
export interface Service {
  readonly svc?: string | undefined;
  readonly pod?: string | undefined;
  readonly ns?: string | undefined;
  readonly node?: string | undefined;
}

/** The values of SpanKind. */
export const Kind = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** A span, with what is read of it. */
export interface Span {
  /** 32 and 16 hexadecimal digits. */
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  /** Spans that it follows from in other traces, as `trace-id`. */
  readonly links: readonly string[];
  readonly kind: number;
  readonly name: string;
  /** Unix ms, with parts of them. */
  readonly start: number;
  readonly end: number;
  /** Its status is ERROR. */
  readonly failed: boolean;
  readonly service: Service;
  readonly attributes: Attributes;
  /** It stands for others that were not kept. */
  readonly sampled: boolean;
}

/** Values as text, by name. */
export type Attributes = Readonly<Record<string, string>>;

/** A span before it is read: names as OTLP has them, attributes as text. */
export interface RawSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  traceState: string;
  name: string;
  kind: number;
  /** Unix ns. */
  start: number;
  end: number;
  failed: boolean;
  attributes: Map<string, string>;
  links: string[];
}

export function emptySpan(): RawSpan {
  return {
    traceId: '',
    spanId: '',
    parentSpanId: '',
    traceState: '',
    name: '',
    kind: 0,
    start: 0,
    end: 0,
    failed: false,
    attributes: new Map(),
    links: [],
  };
}
