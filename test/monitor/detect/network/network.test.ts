import { describe, expect, it } from 'vitest';
import type { Flow, FlowReading } from '../../../../src/calls/flow.ts';
import { connectionChurn } from '../../../../src/monitor/detect/network/churn.ts';
import { flowHealth } from '../../../../src/monitor/detect/network/flows.ts';
import { random } from '../../../support/random.ts';
import { firedOf, HOUR, INTERVAL, MONDAY, Watch, watch } from '../situation.ts';
import type { Stream } from '../traffic.ts';

const ONSET = MONDAY + 12 * HOUR;
const RUN = { days: 0.7 };

interface Health {
  readonly handshake?: number;
  readonly resets?: number;
  readonly retransmissions?: number;
  readonly outage?: boolean;
}

/** Readings of one flow; in an hour from the onset on, it is as told. */
function readings(ill: Health, cumulative: boolean) {
  const sums = { packets: 0, connections: 0, resets: 0, retransmissions: 0 };
  return ({ start }: { start: number }): { flows: FlowReading } => {
    const now = start >= ONSET && start < ONSET + HOUR ? ill : {};
    const next = random('flow', start);
    if (!cumulative)
      Object.assign(sums, { packets: 0, connections: 0, resets: 0, retransmissions: 0 });
    const connections = 80 + Math.floor(40 * next());
    const packets = 4000 + Math.floor(2000 * next());
    sums.connections += connections;
    sums.packets += packets;
    sums.resets += Math.round(connections * (now.resets ?? 0.01 * next()));
    sums.retransmissions += Math.round(packets * (now.retransmissions ?? 0.002 * next()));
    const flow: Flow = {
      client: 'web',
      server: 'orders',
      port: 80,
      protocol: 'tcp',
      outside: false,
      bytes: 0,
      handshakeP50: (now.handshake ?? 1) * (400 + 200 * next()),
      handshakeP99: undefined,
      ...sums,
    };
    return { flows: { at: start, flows: [flow], totalBytes: 0, truncated: false } };
  };
}

const alerts = (ill: Health, cumulative = true) =>
  firedOf(
    watch(new Watch(flowHealth), [], { ...RUN, more: readings(ill, cumulative) }),
    flowHealth.rules,
  );

describe.each([true, false])('flows, counted since the beginning: %s', (cumulative) => {
  it.each<[string, Health]>([
    ['network.handshake', { handshake: 12 }],
    ['network.resets', { resets: 0.4 }],
    ['network.retransmissions', { retransmissions: 0.08 }],
  ])('%s fires once, within 15 minutes, and ends', (rule, ill) => {
    const found = alerts(ill, cumulative);
    expect(found.map((alert) => [alert.rule, alert.first.subject])).toEqual([
      [rule, { workload: 'orders', caller: 'web' }],
    ]);
    expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(2 * INTERVAL);
    expect(found[0]?.ended).toBeLessThanOrEqual(ONSET + HOUR + 3 * INTERVAL);
  });

  it('in health give no alert', () => {
    expect(alerts({}, cumulative)).toEqual([]);
  });
});

it('without flows nothing is said', () => {
  expect(watch(new Watch(flowHealth), [], { days: 0.1 }).flatMap(({ signals }) => signals)).toEqual(
    [],
  );
});

/** Calls that share a pool of connections, or have one each for an hour. */
function pooled(lost: boolean): Stream {
  return {
    from: 'web',
    to: 'orders',
    calls: () => 60,
    given: (ts) => ({
      connection: String(
        lost && ts >= ONSET && ts < ONSET + HOUR ? ts : (ts % 8) + 10 * Math.floor(ts / HOUR),
      ),
    }),
  };
}

describe('connection churn', () => {
  it('is told of a pool that was lost, within two intervals, once', () => {
    const found = firedOf(
      watch(new Watch(connectionChurn), [pooled(true)], RUN),
      connectionChurn.rules,
    );
    expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['network.churn', { workload: 'web', detail: 'orders' }],
    ]);
    expect(found[0]?.at).toBe(ONSET + INTERVAL);
    expect(found[0]?.first.value).toBeGreaterThan(0.9);
  });

  it('is none of a pool, however busy', () => {
    const busy = { ...pooled(false), calls: (ts: number) => (ts >= ONSET ? 300 : 60) };
    expect(firedOf(watch(new Watch(connectionChurn), [busy], RUN), connectionChurn.rules)).toEqual(
      [],
    );
  });
});

it.each([flowHealth, connectionChurn])('what is remembered is all that matters: %o', (kind) => {
  const [kept, whole] = [new Watch(kind, {}, true), new Watch(kind)];
  const run = () => ({ ...RUN, more: readings({ handshake: 12, resets: 0.4 }, true) });
  const judged = watch(whole, [pooled(true)], run());
  expect(watch(kept, [pooled(true)], run())).toEqual(judged);
  expect(judged.some(({ signals }) => signals.length > 0)).toBe(true);
  for (const broken of [null, 7, { deltas: [[1]], usual: 'x', most: [['a', 'b']] }]) {
    expect(() => kind.create(broken as never).remembers()).not.toThrow();
  }
});
