import { byCodeUnit } from '../support/json.ts';
import type { Body, Call, Endpoint, Headers, Sighting } from './call.ts';

/** Whether the first of two observations of a call is the one to keep: the serving node's, else the smaller id's. */
export function keepsFirst(a: Call, b: Call): boolean {
  const ofA = atServer(a);
  if (ofA !== atServer(b)) return ofA;
  return (byCodeUnit(a.id, b.id) || a.ts - b.ts || byCodeUnit(a.node ?? '', b.node ?? '')) <= 0;
}

/** The kept observation with what it lacks taken from the other. */
export function filled(kept: Call, other: Call): Call {
  return {
    ...kept,
    latency: kept.latency ?? other.latency,
    src: filledEndpoint(kept.src, other.src),
    dst: filledEndpoint(kept.dst, other.dst),
    status: kept.status ?? other.status,
    requestHeaders: filledHeaders(kept.requestHeaders, other.requestHeaders),
    responseHeaders: filledHeaders(kept.responseHeaders, other.responseHeaders),
    requestBody: knownBody(kept.requestBody, other.requestBody),
    responseBody: knownBody(kept.responseBody, other.responseBody),
    requestSize: kept.requestSize ?? other.requestSize,
    responseSize: kept.responseSize ?? other.responseSize,
    connection: kept.connection ?? other.connection,
    flow: kept.flow ?? other.flow,
    ...seenBy(kept, other),
  };
}

function seenBy(kept: Call, other: Call): { readonly sightings?: readonly Sighting[] } {
  if (other.node === undefined || other.node === kept.node) return {};
  const known = kept.sightings ?? [];
  if (known.some(({ node }) => node === other.node)) return {};
  const both = kept.latency !== undefined && other.latency !== undefined;
  const ahead = both ? middle(other) - middle(kept) : undefined;
  return { sightings: [...known, { node: other.node, ahead }] };
}

function middle({ ts, latency = 0 }: Call): number {
  return ts + latency / 2;
}

function atServer(call: Call): boolean {
  return call.node !== undefined && call.node === call.dst.node;
}

function filledEndpoint(kept: Endpoint, other: Endpoint): Endpoint {
  return {
    workload: rank(other) > rank(kept) ? other.workload : kept.workload,
    namespace: kept.namespace ?? other.namespace,
    pod: kept.pod ?? other.pod,
    ip: kept.ip ?? other.ip,
    port: kept.port ?? other.port,
    node: kept.node ?? other.node,
  };
}

const RANKS = { unknown: 0, inside: 1, outside: 1, host: 2, owner: 3, service: 4 } as const;

function rank(endpoint: Endpoint): number {
  return RANKS[endpoint.workload.kind];
}

function filledHeaders(kept: Headers, other: Headers): Headers {
  return kept.size === 0 ? other : kept;
}

function knownBody(kept: Body, other: Body): Body {
  const known = (body: Body) => body.state === 'whole' || body.state === 'binary';
  if (known(kept)) return kept;
  return known(other) || kept.state === 'absent' ? other : kept;
}
