import type { Call } from '../../src/calls/call.ts';
import type { Flow, FlowReading } from '../../src/calls/flow.ts';
import type { Alert } from '../../src/monitor/alert.ts';
import { ORDINARY_DAY } from '../../src/monitor/learned/level.ts';
import type { Normal, Usual } from '../../src/monitor/learned/normal.ts';
import { OperationMeasure } from '../../src/monitor/measure/operation-measure.ts';
import type { SlotView } from '../../src/monitor/measure/slot-view.ts';
import { slotAt } from '../../src/monitor/slot.ts';
import type { JudgedSlot } from '../../src/monitor/slot-listener.ts';
import { Profile } from '../../src/profile/profile.ts';
import { call } from './calls.ts';

export const FIVE_MINUTES = 300_000;
/** A Monday, on the hour. */
export const MONDAY = Date.parse('2026-11-23T14:00:00Z');

/** An alert with everything unsaid filled in. */
export function alert(given: Partial<Alert> = {}): Alert {
  return {
    schemaVersion: 1,
    id: 'a1',
    state: 'firing',
    rule: 'errors.share',
    category: 'errors',
    severity: 'critical',
    scope: 'shop',
    subject: { workload: 'orders', operation: 'orders GET /orders/{id}', caller: 'gateway' },
    summary: '3.2 % of 1,250 calls failed, usually 0.1 %.',
    since: '2026-11-23T13:58:12.000Z',
    firedAt: '2026-11-23T14:05:00.000Z',
    duration: 700_000,
    value: 0.032,
    expected: 0.001,
    unit: 'ratio',
    interval: { low: 0.024, high: 0.043, level: 0.95 },
    chance: 1e-12,
    events: 40,
    evidence: [
      {
        callId: 'node-a/1/2',
        node: 'node-a',
        ts: MONDAY,
        caller: 'gateway',
        operation: 'orders GET /orders/{id}',
        status: '503',
        latency: 12.5,
        note: 'connection pool exhausted',
      },
    ],
    kfl: 'http and dst.name == "orders" and response.status >= 500',
    checked: '1,250 calls against 14 comparable hours',
    learned: '3.5 of 7 days',
    effects: [],
    snapshot: 'wireproof-shop-20261123-1405',
    ...given,
  };
}

/** A flow with everything unsaid filled in. */
export function flow(given: Partial<Flow> = {}): Flow {
  return {
    client: 'gateway',
    server: 'orders',
    port: 8080,
    protocol: 'tcp',
    outside: false,
    packets: 100,
    bytes: 100_000,
    connections: 3,
    handshakeP50: undefined,
    handshakeP99: undefined,
    resets: undefined,
    retransmissions: undefined,
    ...given,
  };
}

export function flowReading(flows: readonly Flow[], at = MONDAY): FlowReading {
  return { at, flows, totalBytes: 0, truncated: false };
}

/** What was learned, with the same usual for every operation. */
export function normal(usual: Partial<Usual> | undefined): Normal {
  const told: Usual = {
    likeness: 'hour-of-week',
    hours: [],
    callsAnHour: 1000,
    failureShare: 0.001,
    rejectionShare: 0.01,
    calls: 14_000,
    latency: (q) => 100 * q,
    ...usual,
  };
  return {
    days: 3.5,
    words: '3.5 of 7 days',
    familiar: true,
    quietness: ORDINARY_DAY,
    since: MONDAY - 3.5 * 86_400_000,
    usual: () => (usual ? told : undefined),
    recent: () => [],
    edge: () => undefined,
    callee: () => undefined,
    operation: () => undefined,
  };
}

interface Given extends Partial<Omit<JudgedSlot, 'view'>>, Partial<Omit<SlotView, 'calls'>> {
  /** Which of the five minutes after MONDAY, 0 for the first. */
  readonly nth?: number;
  readonly interval?: number;
  /** By the operation they are of: `orders GET /orders/{id}`. */
  readonly calls?: readonly (readonly [operation: string, call: Call])[];
}

/** A slot as a monitor tells of it, with everything unsaid left out. */
export function judgedSlot(given: Given = {}): JudgedSlot {
  const { nth = 0, interval = FIVE_MINUTES, calls = [], ...rest } = given;
  const operations = new Map(rest.operations);
  for (const [operation, call] of calls) {
    let measure = operations.get(operation);
    if (!measure) {
      const [workload = ''] = operation.split(' ');
      measure = new OperationMeasure({ operation, workload, protocol: 'http', mutation: false });
      operations.set(operation, measure);
    }
    measure.observe(call);
  }
  const total = [...operations.values()].reduce((sum, one) => sum + one.calls, 0);
  const view: SlotView = {
    slot: rest.slot ?? slotAt(MONDAY + nth * interval, interval),
    calls: total,
    operations,
    shown: () => ({ failed: [], told: [], slowest: [], byCaller: new Map() }),
    profile: new Profile(),
    revisions: new Map(),
    flows: rest.flows,
    problems: rest.problems ?? [],
  };
  return {
    scope: rest.scope ?? 'shop',
    view,
    firing: rest.firing ?? [],
    changed: rest.changed ?? [],
    normal: rest.normal ?? normal(undefined),
    lag: rest.lag ?? 20_000,
  };
}

/** A slot with something of everything; `name` stands wherever a text may come from traffic. */
export function busySlot({ nth = 0, name }: { nth?: number; name?: string } = {}): JudgedSlot {
  const named = (usual: string) => name ?? usual;
  const get = name === undefined ? 'orders GET /orders/{id}' : `${name} GET ${name}`;
  const at = (from: string, given: Partial<Call>) => ({
    ...call({ from: named(from), ...given }),
  });
  const many = (count: number, operation: string, made: Call) =>
    Array.from({ length: count }, () => [operation, made] as const);
  const subject = {
    workload: named('orders'),
    operation: get,
    caller: named('gateway'),
    detail: named('203.0.113.9'),
  };
  const text = name === undefined ? {} : { summary: name, kfl: name, checked: name, rule: name };
  const firing = alert({
    ...text,
    subject,
    effects: [{ rule: 'errors.share', subject, summary: named('2 % of 300 calls failed.') }],
    evidence: [
      {
        callId: named('node-a/1/2'),
        ts: MONDAY,
        caller: named('gateway'),
        operation: get,
        status: named('503'),
        note: named('connection pool exhausted'),
      },
    ],
    snapshot: named('wireproof-shop-20261123-1405'),
  });
  const quiet = alert({
    ...text,
    id: 'a2',
    subject,
    severity: 'warning',
    category: 'traffic',
    silenced: named('load test every Monday'),
  });
  const over = alert({
    ...text,
    id: 'a3',
    severity: 'info',
    subject: { workload: named('payment') },
    state: 'resolved',
    resolvedAt: '2026-11-23T14:03:00.000Z',
  });
  return judgedSlot({
    nth,
    calls: [
      ...many(400, get, at('gateway', { responseSize: 2_000 })),
      ...many(13, get, at('gateway', { status: '503' })),
      ...many(60, named('payment POST /charges'), at('orders', { latency: 180, requestSize: 400 })),
      ...many(5, 'audit POST /events', at('orders', { status: '404' })),
    ],
    flows: flowReading([
      flow({ client: named('gateway'), server: named('orders'), bytes: 1e6 * (nth + 1) }),
      flow({ server: named('stripe.com'), port: 443, outside: true, bytes: 5e5 * (nth + 1) }),
    ]),
    firing: [firing, quiet],
    changed: nth === 0 ? [quiet, over] : [firing],
    problems: [{ code: 'hole', message: named('no calls for 90 s from node-b') }],
    normal: normal({}),
  });
}
