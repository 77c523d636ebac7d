import type { Body, Call, Endpoint } from '../calls/call.ts';

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
    req_headers: Object.fromEntries(call.requestHeaders),
    resp_headers: Object.fromEntries(call.responseHeaders),
    req_body: body(call.requestBody),
    resp_body: body(call.responseBody),
    req_size: call.requestSize,
    resp_size: call.responseSize,
  })}\n`;
}

function endpoint({ ip, port, pod, namespace, node, workload }: Endpoint) {
  const svc = workload.kind === 'service' ? workload.name : undefined;
  return { ip, port, pod, ns: namespace, svc, node };
}

function body(body: Body): string | null {
  if (body.state === 'absent') return null;
  if (body.state === 'binary') return Buffer.from(body.bytes).toString('base64');
  return body.text;
}
