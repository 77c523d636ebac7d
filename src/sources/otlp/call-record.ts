import { addressClass } from '../../calls/address.ts';
import { UNSEEN_RECORD } from '../../calls/body.ts';
import { isServiceProtocol } from '../../calls/protocol-kind.ts';
import { LOCAL, type RecordSide } from '../server-name.ts';
import { callerAddress, serverOf } from './addresses.ts';
import { askedOf, UNNAMED } from './asked.ts';
import { headersOf, sizesOf } from './headers.ts';
import type { PeerNames } from './peer-names.ts';
import type { Service, Span } from './span.ts';
import type { SeenCall } from './trace-calls.ts';

/**
 * A call of a trace as a Kubeshark `full` record. The caller's span tells when, and how long it took;
 * where only the callee's was seen, that one. Bodies are in no trace.
 */
export function callRecord(
  { id, exit, entry, caller, callee, cause, spans }: SeenCall,
  peers: PeerNames,
): object {
  const span = (exit ?? entry) as Span;
  const attributes = { ...entry?.attributes, ...exit?.attributes };
  const asked = askedOf(exit, entry);
  const broker = { svc: asked.protocol };
  const { message } = asked;
  const server = serverOf(attributes);
  return {
    id,
    ts: span.start,
    latency_ms: Math.round((span.end - span.start) * 1e3) / 1e3,
    src: message && !exit ? broker : (sideOf(caller) ?? callerAddress(attributes)),
    dst:
      message && exit
        ? broker
        : (sideOf(callee) ?? peers.at(server) ?? named(server, asked.protocol)),
    proto: asked.protocol,
    method: asked.method,
    path: asked.path,
    status: asked.status,
    req_headers: headersOf(attributes, 'request'),
    resp_headers: headersOf(attributes, 'response'),
    req_body: UNSEEN_RECORD,
    resp_body: UNSEEN_RECORD,
    ...sizesOf(attributes),
    cause,
    spans: spans.callee ? { ...spans, peer: server.svc ?? addressClass(server.ip) } : spans,
  };
}

function sideOf(span: Span | undefined): Service | undefined {
  if (!span) return undefined;
  const { svc, pod } = span.service;
  return svc === undefined && pod === undefined ? undefined : span.service;
}

/** A server of which nothing is told, or only that it is on this machine, goes by what it speaks. */
function named(side: RecordSide, protocol: string): RecordSide {
  const known = side.svc === undefined ? side.ip !== undefined : side.svc !== LOCAL;
  return known || !isServer(protocol) ? side : { ...side, svc: protocol };
}

/** Whether the name of a protocol is that of the one server that speaks it. */
function isServer(protocol: string): boolean {
  return !isServiceProtocol(protocol) && protocol !== UNNAMED;
}
