import { UNSEEN_RECORD } from '../../calls/body.ts';
import type { RecordSide } from '../server-name.ts';
import { callerAddress, serverOf } from './addresses.ts';
import { askedOf } from './asked.ts';
import { headersOf, sizesOf } from './headers.ts';
import { Kind, type Service, type Span } from './span.ts';
import type { SeenCall } from './trace-calls.ts';

/**
 * A call of a trace as a Kubeshark `full` record. The caller's span tells when, and how long it took;
 * where only the callee's was seen, that one. Bodies are in no trace.
 */
export function callRecord({ id, exit, entry, caller, callee, cause }: SeenCall): object {
  const span = (exit ?? entry) as Span;
  const attributes = { ...entry?.attributes, ...exit?.attributes };
  const asked = askedOf(exit, entry);
  const broker = { svc: asked.protocol };
  return {
    id,
    ts: span.start,
    latency_ms: Math.round((span.end - span.start) * 1e3) / 1e3,
    src: isMessage(entry) && !exit ? broker : (sideOf(caller) ?? callerAddress(attributes)),
    dst: isMessage(exit) ? broker : (sideOf(callee) ?? named(serverOf(attributes), asked.protocol)),
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
  };

  function isMessage(one: Span | undefined): boolean {
    return one?.kind === Kind.producer || one?.kind === Kind.consumer || asked.message;
  }
}

function sideOf(span: Span | undefined): Service | undefined {
  if (!span) return undefined;
  const { svc, pod } = span.service;
  return svc === undefined && pod === undefined ? undefined : span.service;
}

/** A server of which nothing is told, or only that it is on this machine, goes by what it speaks. */
function named(side: RecordSide, protocol: string): RecordSide {
  const http = protocol === 'http' || protocol === 'grpc';
  const known = side.svc !== undefined || side.ip !== undefined;
  return known || http ? side : { ...side, svc: protocol };
}
