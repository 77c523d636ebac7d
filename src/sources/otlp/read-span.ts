import { isRead } from './attribute-names.ts';
import { isSampled } from './sampling.ts';
import { Kind, type RawSpan, type Service, type Span } from './span.ts';

const MAX_NAME = 253;
const MAX_VALUE = 16 * 1024;
const TRACE = /^[\da-f]{32}$/;
const SPAN = /^[\da-f]{16}$/;
const NONE = /^0*$/;
/** `pg-pool.connect`, `pg.connect`, `connect`. */
const CONNECTS = /(?:^|[.\s:])connect$/i;
const ASKED = ['db.query.text', 'db.statement', 'db.operation.name', 'db.operation'] as const;

/** A span with what is read of it; undefined where it has no id or no time. */
export function readSpan(raw: RawSpan, service: Service): Span | undefined {
  const trace = raw.traceId.toLowerCase();
  const id = raw.spanId.toLowerCase();
  if (!TRACE.test(trace) || !SPAN.test(id) || NONE.test(id) || !(raw.start > 0)) return undefined;
  const parent = raw.parentSpanId.toLowerCase();
  const start = milliseconds(raw.start);
  return {
    trace,
    id,
    parent: SPAN.test(parent) && !NONE.test(parent) ? parent : undefined,
    links: raw.links.map((link) => link.toLowerCase()),
    kind: kindOf(raw),
    name: raw.name.slice(0, MAX_NAME),
    start,
    end: Math.max(start, milliseconds(raw.end)),
    failed: raw.failed,
    service,
    attributes: kept(raw.attributes),
    sampled: isSampled(raw.traceState, raw.attributes),
  };
}

/** To open a connection is no call, though instrumentations say so; one that failed is all there is of it. */
function kindOf({ kind, name, failed, attributes }: RawSpan): number {
  if (kind !== Kind.client || failed || !CONNECTS.test(name)) return kind;
  const isDatabase = attributes.has('db.system.name') || attributes.has('db.system');
  return isDatabase && !ASKED.some((told) => attributes.has(told)) ? Kind.internal : kind;
}

/** Who a resource says that it is. */
export function serviceOf(attributes: ReadonlyMap<string, string>): Service {
  const first = (...names: string[]) =>
    names.map((name) => attributes.get(name)).find((value) => value !== undefined && value !== '');
  return {
    svc: first('service.name')?.slice(0, MAX_NAME),
    pod: first('k8s.pod.name')?.slice(0, MAX_NAME),
    ns: first('k8s.namespace.name', 'service.namespace')?.slice(0, MAX_NAME),
    node: first('k8s.node.name')?.slice(0, MAX_NAME),
  };
}

/** Nanoseconds as milliseconds, to the microsecond: a double holds no more. */
function milliseconds(nanoseconds: number): number {
  return Math.round(nanoseconds / 1e3) / 1e3;
}

function kept(attributes: ReadonlyMap<string, string>): Span['attributes'] {
  const known = [...attributes].filter(([name]) => isRead(name));
  return Object.fromEntries(known.map(([name, value]) => [name, value.slice(0, MAX_VALUE)]));
}
