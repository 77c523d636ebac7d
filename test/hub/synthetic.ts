import { seeded } from './random.ts';
import { BigDigits, type HubRecord } from './record.ts';

interface Shape {
  readonly calls: number;
  /** Unix ms of the first call; they spread evenly over `span` ms. */
  readonly start: number;
  readonly span: number;
  /** So many of the calls fall into the `within` ms from `at` on. */
  readonly burst?: { readonly calls: number; readonly at: number; readonly within: number };
  readonly seed?: number;
}

const services = ['gateway', 'orders', 'inventory', 'payment', 'audit'];

/** A shop's traffic in Kubeshark's `full` form, every call different, the same for a seed. */
export function syntheticCalls({ calls, start, span, burst, seed = 1 }: Shape): HubRecord[] {
  const random = seeded(seed);
  const records: HubRecord[] = [];
  for (let i = 0; i < calls; i++) {
    const inBurst = burst !== undefined && i < burst.calls;
    const ts = inBurst
      ? burst.at + Math.floor(random() * burst.within)
      : start + Math.floor((((i * 7919 + random()) % calls) / calls) * span);
    const from = Math.floor(random() * (services.length - 1));
    const node = `node${1 + (from % 2)}`;
    records.push({
      id: `${node}/${i}/0`,
      ts,
      node_id: node,
      worker: `worker-${node}`,
      src: endpoint(services[from] as string, 32_768 + Math.floor(random() * 28_000)),
      dst: endpoint(services[from + 1] as string, 8080),
      proto: 'http',
      method: random() < 0.7 ? 'GET' : 'POST',
      path: `/api/${services[from + 1]}/${i}`,
      status: random() < 0.98 ? 200 : 503,
      latency_ms: Math.round(random() * 50_000) / 1000,
      conn_id: new BigDigits(String(18_000_000_000_000_000_000n + BigInt(i))),
      flow_id: new BigDigits(String(9_300_000_000_000_000_000n + BigInt(i))),
      req_headers: { 'Content-Type': 'application/json' },
      resp_headers: { 'Content-Type': 'application/json' },
      req_body: JSON.stringify({ number: i }),
      resp_body: JSON.stringify({ id: i, items: [{ sku: 'a', count: 1 }] }),
    });
  }
  return records.sort((a, b) => a.ts - b.ts);
}

function endpoint(service: string, port: number) {
  return {
    ip: `10.0.0.${10 + services.indexOf(service)}`,
    port,
    pod: `${service}-6d4b75cb6d-hx2vq`,
    ns: 'shop',
    svc: service,
  };
}
