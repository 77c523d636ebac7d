import type { Call, Endpoint } from '../../src/calls/call.ts';

/** An endpoint of a service; `undefined`: a client outside the cluster. */
export function endpoint(service: string | undefined, port = 8080): Endpoint {
  return {
    workload: service ? { name: service, kind: 'service' } : { name: 'outside', kind: 'outside' },
    namespace: service && 'shop',
    pod: service && `${service}-7d9c5b8f4-x2x9k`,
    ip: service ? '10.0.0.7' : '203.0.113.9',
    port,
    node: undefined,
  };
}

/** A call with everything unsaid left out; `from` and `to` name services, where no endpoint is given. */
export function call(given: Partial<Call> & { from?: string; to?: string; port?: number }): Call {
  const { from, to, port, ...rest } = given;
  return {
    id: `n1/${rest.ts ?? 0}`,
    ts: 0,
    latency: 10,
    src: endpoint(from, port ?? 40_000),
    dst: endpoint(to),
    protocol: 'http',
    method: 'GET',
    path: '/',
    status: '200',
    requestHeaders: new Map(),
    responseHeaders: new Map(),
    requestBody: { state: 'absent' },
    responseBody: { state: 'absent' },
    requestSize: undefined,
    responseSize: undefined,
    connection: undefined,
    flow: undefined,
    node: 'n1',
    ...rest,
  };
}

/** A JSON body. */
export function json(value: unknown): Call['responseBody'] {
  return { state: 'whole', text: JSON.stringify(value) };
}
