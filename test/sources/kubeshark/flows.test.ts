import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowReading } from '../../../src/calls/flow.ts';
import { openKubeshark } from '../../../src/sources/kubeshark/index.ts';
import { silent } from '../../../src/support/progress.ts';
import type { HubOptions } from '../../hub/hub-options.ts';
import type { HubRecord } from '../../hub/record.ts';
import { calls, hubWith, start } from './capturing.ts';

const NOW = start + 60_000;

async function flowsOf(
  records: readonly HubRecord[],
  options: Partial<HubOptions> = {},
): Promise<{ reading: FlowReading | undefined; served: ReadonlyMap<string, number> }> {
  await using hub = await hubWith(records, options);
  const session = await openKubeshark(
    { url: hub.url, route: 'live' },
    silent,
    AbortSignal.timeout(600_000),
  );
  try {
    return { reading: await session.flows(NOW), served: hub.hub.served };
  } finally {
    await session.close();
  }
}

const end = (svc: string, nth: number, port?: number) => ({
  ip: `10.0.0.${nth}`,
  ...(port !== undefined && { port }),
  pod: `${svc}-6d4b75cb6d-hx2v${nth}`,
  ns: 'shop',
  svc,
});
const flow = (more: Readonly<Record<string, unknown>> = {}) => ({
  proto: 'TCP',
  client: end('web', 1),
  server: end('orders', 2, 8080),
  totals: { pkts: 10, bytes: 2_000 },
  ...more,
});

describe('L4 flows of the Hub', () => {
  it('are those of its calls, by workloads and port, with their sum', async () => {
    const { reading, served } = await flowsOf(calls(600));
    expect(reading?.at).toBe(NOW);
    expect(reading?.truncated).toBe(false);
    const edges = reading?.flows.map(({ client, server, port }) => `${client} ${server}:${port}`);
    expect(edges).toEqual([
      'gateway orders:8080',
      'inventory payment:8080',
      'orders inventory:8080',
      'payment audit:8080',
    ]);
    expect(reading?.totalBytes).toBe(reading?.flows.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(reading?.totalBytes).toBeGreaterThan(0);
    expect(served.get('get_l4_flow_summary')).toBe(1);
  });

  it('of several pods are one, with the worst handshake and the sum of resets of both ends', async () => {
    const flows = [
      flow({
        client_stats: { tcp_handshake_p50_us: 300, tcp_handshake_p99_us: 900, tcp_resets: 1 },
        server_stats: { tcp_handshake_p50_us: 200, resets: 2, retransmits: 4 },
      }),
      flow({ client: end('web', 3), client_stats: { tcp_handshake_p99_us: '1200', rst: 3 } }),
    ];
    const { reading } = await flowsOf([], { flows });
    expect(reading?.flows).toEqual([
      {
        client: 'web',
        server: 'orders',
        port: 8080,
        protocol: 'tcp',
        outside: false,
        packets: 20,
        bytes: 4_000,
        connections: 2,
        handshakeP50: 300,
        handshakeP99: 1_200,
        resets: 6,
        retransmissions: 4,
      },
    ]);
  });

  it('to the outside are told apart', async () => {
    const server = { ip: '203.0.113.9', port: 443, dns: 'api.example.com' };
    const { reading } = await flowsOf([], { flows: [flow({ server })] });
    expect(reading?.flows).toMatchObject([{ port: 443, outside: true }]);
    expect(reading?.flows[0]).toMatchObject({ handshakeP50: undefined, resets: undefined });
  });

  it('are undefined where the Hub has no such tool, and summed up here where it has no sum', async () => {
    const records = calls(100);
    const without = (tool: string) => flowsOf(records, { without: [tool] });
    expect((await without('list_l4_flows')).reading).toBeUndefined();
    const { reading } = await without('get_l4_flow_summary');
    expect(reading?.totalBytes).toBe((await flowsOf(records)).reading?.totalBytes);
  });

  it('that are more than the Hub lists are said to be cut', async () => {
    const flows = Array.from({ length: 1_200 }, (_, i) => flow({ server: end(`s${i}`, 2, 80) }));
    const { reading } = await flowsOf([], { flows });
    expect(reading?.truncated).toBe(true);
    expect(reading?.flows.length).toBe(1_000);
  });

  it('of whatever shape give numbers that are finite and not negative', async () => {
    const odd = fc.oneof(
      fc.constantFrom(null, -1, 'x', {}, [], true, '\u202e"}', 1e308, '12'),
      fc.integer(),
    );
    const side = fc.oneof(
      odd,
      fc.record({ ip: odd, port: odd, pod: odd, ns: odd, svc: odd }, { requiredKeys: [] }),
    );
    const counts = fc.oneof(
      odd,
      fc.record({ tcp_resets: odd, tcp_handshake_p99_us: odd, retransmits: odd }),
    );
    const listed = fc.record(
      {
        proto: fc.oneof(odd, fc.string()),
        client: side,
        server: side,
        client_stats: counts,
        server_stats: counts,
        totals: fc.oneof(odd, fc.record({ pkts: odd, bytes: odd })),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(odd, listed), { maxLength: 20 }), async (flows) => {
        const { reading } = await flowsOf([], { flows, without: ['get_l4_flow_summary'] });
        expect(reading).toBeDefined();
        for (const {
          packets,
          bytes,
          connections,
          resets = 0,
          handshakeP99 = 0,
        } of reading?.flows ?? []) {
          for (const each of [packets, bytes, connections, resets, handshakeP99]) {
            expect(each).toBeGreaterThanOrEqual(0);
            expect(each).toBeLessThan(Number.POSITIVE_INFINITY);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
