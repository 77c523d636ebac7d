import { parseBody, UNSEEN_RECORD } from '../calls/body.ts';
import type { Body, Call, Endpoint, Headers } from '../calls/call.ts';

/**
 * A call as one NDJSON line in Kubeshark's `full` form, which `parseLine` reads back to the same
 * call: workloads keep their names, cut bodies stay cut.
 */
export function formatRecord(call: Call): string {
  return `${JSON.stringify({
    id: call.id,
    ts: call.ts,
    src: endpoint(call.src),
    dst: endpoint(call.dst),
    proto: call.protocol,
    method: call.method,
    path: call.path,
    status: call.status ?? null,
    latency_ms: call.latency ?? null,
    conn_id: call.connection,
    flow_id: call.flow,
    node_id: call.node,
    cause: call.cause,
    spans: call.spans,
    req_headers: Object.fromEntries(call.requestHeaders),
    resp_headers: Object.fromEntries(call.responseHeaders),
    req_body: body(call.requestBody, call.requestHeaders, call.requestSize),
    resp_body: body(call.responseBody, call.responseHeaders, call.responseSize),
    req_size: call.requestSize,
    resp_size: call.responseSize,
  })}\n`;
}

function endpoint({ ip, port, pod, namespace, node, workload }: Endpoint) {
  const svc = workload.kind === 'service' ? workload.name : undefined;
  return { ip, port, pod, ns: namespace, svc, node };
}

/** As the Hub writes it where that reads back alike, else with a hint of what it is. */
function body(of: Body, headers: Headers, size: number | undefined) {
  if (of.state === 'absent') return null;
  if (of.state === 'unseen') return UNSEEN_RECORD;
  if (of.state === 'binary') {
    return { encoding: 'base64', content: Buffer.from(of.bytes).toString('base64') };
  }
  const plain = parseBody(of.text, { headers, size });
  if (plain.state === of.state && plain.text === of.text) return of.text;
  return { encoding: 'utf8', content: of.text, truncated: of.state === 'cut' };
}
