import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import type { Flow } from '../../../src/calls/flow.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { factorsOf } from '../../../src/incident/factors/factors-of.ts';
import type { OutsideEvent } from '../../../src/incident/incident-case.ts';
import { changesOf } from '../../../src/incident/onset/changes-of.ts';
import { readingOf, type ShopOptions, START, shopTraffic } from '../shop-traffic.ts';

const BAD = START + 60_000;
const ONSET = BAD + 20_000;

function factors(
  bad: Partial<ShopOptions>,
  events: readonly OutsideEvent[] = [],
  change = (calls: Call[]): Call[] => calls,
  flows: readonly Flow[] = [],
) {
  const given = caseOf(
    readingOf(shopTraffic({ seconds: 60, seed: 1 })),
    readingOf(change(shopTraffic({ seconds: 60, seed: 2, start: BAD, ...bad }))),
    { minSamples: 20, events, flows: { at: BAD + 60_000, flows, totalBytes: 1, truncated: false } },
  );
  return factorsOf(given, changesOf(given));
}

describe('factorsOf', () => {
  it('tells a load spike once, with its size', () => {
    const found = factors({ rate: (second) => (second < 20 ? 6 : 24) });
    expect(found.map(({ kind, workload }) => [kind, workload])).toEqual([['load', 'gateway']]);
    expect(found[0]?.summary).toMatch(
      /^Users asked more of gateway: 2\d instead of 6(?:\.\d)? calls a second/,
    );
    expect(Math.abs((found[0]?.at ?? 0) - ONSET)).toBeLessThanOrEqual(1_000);
  });

  it('tells a rollout by its pods', () => {
    const found = factors({ fails: { service: 'orders', from: ONSET } }, [], (calls) =>
      calls.map((call) =>
        call.dst.workload.name === 'orders' && call.ts >= ONSET
          ? { ...call, dst: { ...call.dst, pod: 'orders-59d4b8c6f7-abcde' } }
          : call,
      ),
    );
    const deployed = found.filter(({ kind }) => kind === 'deployment');
    expect(deployed.map(({ workload }) => workload)).toEqual(['orders']);
    expect(deployed[0]?.summary).toContain('orders-59d4b8c6f7-abcde took over from');
  });

  it('leaves out what happened after the trouble began, and what is long ago', () => {
    const event = (at: number, summary: string): OutsideEvent => ({
      at,
      kind: 'configuration',
      workload: 'payment',
      summary,
    });
    const found = factors({ fails: { service: 'payment', from: ONSET } }, [
      event(ONSET - 60_000, 'before'),
      event(ONSET + 20_000, 'after'),
      event(ONSET - 86_400_000, 'yesterday'),
    ]);
    expect(found.map(({ summary }) => summary)).toEqual(['before']);
  });

  it('finds none where nothing happens', () => {
    expect(factors({})).toEqual([]);
  });

  describe('of the L4 flows that the Hub counts', () => {
    const flow = (server: string, more: Partial<Flow> = {}): Flow => ({
      client: 'orders',
      server,
      port: 8080,
      protocol: 'tcp',
      outside: false,
      packets: 10_000,
      bytes: 1_000_000,
      connections: 200,
      handshakeP50: 200,
      handshakeP99: 1_500,
      resets: 1,
      retransmissions: 8,
      ...more,
    });
    const usual = ['inventory', 'cache', 'postgres'].map((server) => flow(server));
    const network = (...more: Flow[]) =>
      factors({}, [], undefined, [...usual, ...more])
        .filter(({ kind }) => kind === 'network')
        .map(({ workload, summary }) => `${workload}: ${summary}`);

    it('tells those that are reset, sent again and slow to open, with what is usual elsewhere', () => {
      const older = '; counted since the Hub began to, so some of it may be older.';
      expect(
        network(
          flow('payment', { resets: 60, retransmissions: 900 }),
          flow('audit', { handshakeP99: 3_100_000, port: undefined }),
        ),
      ).toEqual([
        `payment: Between orders and payment (port 8080) connections were reset 60 times (200 connections; 0.50 % elsewhere), and 9.0 % of the packets were sent again (0.080 % elsewhere)${older}`,
        `audit: Between orders and audit opening a connection takes up to 3100 ms (P99; 1.5 ms elsewhere)${older}`,
      ]);
    });

    it('tells nothing of what is as elsewhere, too little, unknown, or of others', () => {
      const none = { resets: undefined, retransmissions: undefined, handshakeP99: undefined };
      expect(network()).toEqual([]);
      expect(network(flow('payment', none))).toEqual([]);
      expect(network(flow('payment', { resets: 9, connections: 10 }))).toEqual([]);
      expect(network(flow('payment', { handshakeP99: 99_000 }))).toEqual([]);
      expect(network(flow('far', { client: 'away', resets: 90 }))).toEqual([]);
      const bad = { resets: 60, retransmissions: 900, handshakeP99: 2e6 };
      expect(network(...[1, 2, 3, 4, 5, 6].map((i) => flow(`store-${i}`, bad)))).toEqual([]);
    });
  });
});
