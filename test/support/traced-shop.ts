import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Two real services on loopback, a gateway and orders, each with its own server, which propagate
 * `traceparent` by hand and export their spans as OTLP/JSON over HTTP: what an SDK would do.
 * Run as a program it drives a scenario: `node traced-shop.ts REQUESTS REGRESSION`; the spans go to
 * OTEL_EXPORTER_OTLP_ENDPOINT.
 */
export type Fault = 'none' | 'missing-call' | 'extra-calls' | 'new-status' | 'renamed';

type Attributes = Readonly<Record<string, string | number>>;
interface Context {
  readonly trace: string;
  readonly span: string;
}

const KIND = { internal: 1, server: 2, client: 3 } as const;
const batches = new Map<string, object[]>();
const id = (bytes: number) => randomBytes(bytes).toString('hex');

function record(
  service: string,
  kind: keyof typeof KIND,
  name: string,
  context: Context,
  parent: string | undefined,
  [start, end]: readonly [number, number],
  attributes: Attributes,
): void {
  const nanoseconds = (ms: number) => String(BigInt(Math.round(ms * 1000)) * 1000n);
  const span = {
    traceId: context.trace,
    spanId: context.span,
    ...(parent !== undefined && { parentSpanId: parent }),
    name,
    kind: KIND[kind],
    startTimeUnixNano: nanoseconds(start),
    endTimeUnixNano: nanoseconds(end),
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    })),
    status: {},
  };
  const batch = batches.get(service);
  if (batch) batch.push(span);
  else batches.set(service, [span]);
}

const now = () => performance.timeOrigin + performance.now();

async function traced(
  service: string,
  parent: Context,
  method: string,
  url: string,
): Promise<void> {
  const context = { trace: parent.trace, span: id(8) };
  const start = now();
  const traceparent = `00-${context.trace}-${context.span}-01`;
  const response = await fetch(url, { method, headers: { traceparent } });
  await response.arrayBuffer();
  record(service, 'client', method, context, parent.span, [start, now()], {
    'http.request.method': method,
    'url.full': url,
    'http.response.status_code': response.status,
  });
}

/** Serves; `handle` gives the status. */
async function serve(
  service: string,
  handle: (request: IncomingMessage, context: Context) => Promise<number>,
) {
  const server = createServer(async (request, response) => {
    const [, trace = id(16), parent] =
      /^00-(\w{32})-(\w{16})-/.exec(String(request.headers.traceparent ?? '')) ?? [];
    const context = { trace, span: id(8) };
    const start = now();
    const status = await handle(request, context);
    response.writeHead(status).end();
    record(service, 'server', `${request.method}`, context, parent, [start, now()], {
      'http.request.method': String(request.method),
      'url.path': String(request.url),
      'http.response.status_code': status,
      'client.address': '127.0.0.1',
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What was recorded, as one document of OTLP/JSON. */
function exported(): string {
  const resourceSpans = [...batches].map(([service, spans]) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [{ scope: { name: 'shop' }, spans }],
  }));
  batches.clear();
  return JSON.stringify({ resourceSpans });
}

async function main(requests: number, fault: Fault): Promise<void> {
  let count = 0;
  const orders = await serve('orders', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return fault === 'new-status' && ++count % 2 === 0 ? 500 : 200;
  });
  const gateway = await serve('gateway', async (_, context) => {
    // A step of its own between the call that is handled and those that it makes.
    const step = { trace: context.trace, span: id(8) };
    const start = now();
    const path = fault === 'renamed' ? '/purchases/list' : '/orders/list';
    const times = fault === 'extra-calls' ? 3 : 1;
    for (let i = 0; i < times; i++) await traced('gateway', step, 'GET', orders.url + path);
    if (fault !== 'missing-call') await traced('gateway', step, 'POST', `${orders.url}/audit`);
    record('gateway', 'internal', 'work', step, context.span, [start, now()], {});
    return 200;
  });
  const four = async (from: number) => {
    for (let i = from; i < requests; i += 4)
      await (await fetch(`${gateway.url}/shop`)).arrayBuffer();
  };
  await Promise.all([0, 1, 2, 3].map(four));
  orders.server.close();
  gateway.server.close();
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = process.env;
  const response = await fetch(`${endpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: exported(),
  });
  if (!response.ok) throw new Error(`the export was refused: ${response.status}`);
}

if (process.argv[1] === import.meta.filename) {
  await main(Number(process.argv[2]), process.argv[3] as Fault);
}
