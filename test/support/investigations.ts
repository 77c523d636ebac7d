import type { EvidenceCall } from '../../src/calls/evidence.ts';
import type { Investigation, Lane, TimelineEntry } from '../../src/incident/investigation.ts';
import { finding } from './judgements.ts';

/** 2026-11-23 14:28:03 UTC. */
export const ONSET = Date.UTC(2026, 10, 23, 14, 28, 3);
const START = ONSET - 8 * 60_000;
const END = ONSET + 12 * 60_000;
const MINUTE = 60_000;

/** A call as evidence with everything unsaid filled in. */
function call(given: Partial<EvidenceCall> = {}): EvidenceCall {
  return {
    callId: 'node-a/204/7',
    ts: ONSET + 1_200,
    caller: 'checkout',
    operation: 'inventory POST /reservations',
    status: '503',
    latency: 5_003,
    note: 'timeout acquiring a connection',
    ...given,
  };
}

function lane(workload: string, failing: number, p95: number, since: number): Lane {
  const step = 30_000;
  const cells = Math.ceil((END - START) / step);
  const at = (i: number) => START + i * step;
  const bad = (i: number) => at(i) >= since - step && at(i) < ONSET + 10 * MINUTE;
  const calls = Array.from({ length: cells }, (_, i) => 180 + ((i * 37) % 41));
  return {
    workload,
    start: START,
    step,
    calls,
    failed: calls.map((count, i) => (bad(i) ? Math.round(count * failing) : i % 9 === 0 ? 1 : 0)),
    p95: calls.map((_, i) => (i === 3 ? null : (bad(i) ? p95 : 42) + ((i * 13) % 7))),
  };
}

/** The example that everybody asks for: a connection pool that ran dry, seen as checkout failures. */
export function investigation(given: Partial<Investigation> = {}): Investigation {
  return {
    schemaVersion: 1,
    symptom: {
      text: 'checkout fails since 14:30',
      workloads: ['checkout'],
      operations: [],
      understood: ['checkout', 'fails', 'since 14:30'],
    },
    window: { start: START, end: END, calls: 48_210, linked: 31_877 },
    knownGood: {
      start: START,
      end: ONSET - MINUTE,
      calls: 16_904,
      linked: 15_120,
      origin: 'before-onset',
      doubts: [],
    },
    onset: ONSET,
    began: { at: ONSET, from: ONSET - 900, to: ONSET + 700, until: ONSET + 10 * MINUTE },
    rootCauses: [
      {
        workload: 'inventory',
        operation: 'inventory POST /reservations',
        kind: 'connections',
        shape: 'pool-exhausted',
        score: 0.87,
        explains: 0.94,
        since: { at: ONSET, from: ONSET - 900, to: ONSET + 700, until: ONSET + 10 * MINUTE },
        reasons: [
          '1,204 of its 1,310 calls waited about 5 s and called nothing before they failed with 503.',
          'Its calls to inventory-db were refused 96 times: too many connections.',
          'Everything that it called for the calls that it did handle was as fast as before.',
        ],
        evidence: [
          call(),
          call({ callId: 'node-a/204/9', ts: ONSET + 2_400, latency: 5_001 }),
          call({
            callId: 'node-b/17/3',
            caller: 'inventory',
            operation: 'inventory-db CONNECT',
            status: '53300',
            latency: 3,
            note: 'sorry, too many clients already',
          }),
        ],
      },
      {
        workload: 'inventory-db',
        kind: 'slow',
        score: 0.06,
        explains: 0.12,
        reasons: ['P95 of its queries rose from 1.1 ms to 1.9 ms.'],
        evidence: [],
      },
    ],
    cascade: [
      {
        from: { workload: 'inventory', operation: 'inventory POST /reservations' },
        to: { workload: 'checkout', operation: 'checkout POST /checkout' },
        effect: 'both',
        since: { at: ONSET + 5_100, from: ONSET + 4_200, to: ONSET + 6_000 },
        calls: 1_188,
        of: 1_201,
        evidence: [
          call(),
          call({
            callId: 'node-a/198/2',
            ts: ONSET + 1_190,
            caller: 'gateway',
            operation: 'checkout POST /checkout',
            status: '500',
            latency: 5_011,
            note: 'reservation failed',
          }),
        ],
      },
      {
        from: { workload: 'inventory', operation: 'inventory POST /reservations' },
        to: { workload: 'restock', operation: 'restock POST /jobs' },
        effect: 'errors',
        since: { at: ONSET + 31_000, from: ONSET + 12_000, to: ONSET + 48_000 },
        calls: 16,
        of: 16,
        evidence: [call({ callId: 'node-b/88/1', caller: 'restock' })],
      },
      {
        from: { workload: 'checkout', operation: 'checkout POST /checkout' },
        to: { workload: 'gateway', operation: 'gateway POST /api/checkout' },
        effect: 'errors',
        since: { at: ONSET + 5_400, from: ONSET + 4_400, to: ONSET + 6_900 },
        calls: 1_180,
        of: 1_188,
        evidence: [
          call({
            callId: 'node-a/190/4',
            caller: 'web',
            operation: 'gateway POST /api/checkout',
            status: '502',
            note: 'upstream answered 500',
          }),
        ],
      },
    ],
    timeline: [
      entry(-5 * MINUTE, {
        kind: 'deployment',
        workload: 'inventory',
        summary: 'Deployment of v2.1 (3f9c2ab) to production succeeded.',
      }),
      entry(-42_000, {
        kind: 'connections',
        workload: 'inventory',
        summary: 'Connections to inventory-db rose from 20 to 100 and stayed there.',
      }),
      entry(0, {
        kind: 'errors',
        from: ONSET - 900,
        to: ONSET + 700,
        workload: 'inventory',
        operation: 'inventory POST /reservations',
        summary: 'Errors rose from 0.1 % to 92 %.',
        evidence: [call()],
      }),
      entry(5_100, {
        kind: 'errors',
        from: ONSET + 4_200,
        to: ONSET + 6_000,
        workload: 'checkout',
        operation: 'checkout POST /checkout',
        summary: 'Errors rose from 0.2 % to 90 %.',
        evidence: [call({ callId: 'node-a/198/2', operation: 'checkout POST /checkout' })],
      }),
      entry(5_400, {
        kind: 'errors',
        workload: 'gateway',
        operation: 'gateway POST /api/checkout',
        summary: 'Errors rose from 0.2 % to 61 %.',
      }),
      entry(117_000, {
        kind: 'window',
        summary: 'The symptom was reported: checkout fails since 14:30.',
      }),
      entry(10 * MINUTE, {
        kind: 'recovered',
        workload: 'inventory',
        operation: 'inventory POST /reservations',
        summary: 'Errors were as before again.',
      }),
    ],
    affected: [
      {
        operation: 'gateway POST /api/checkout',
        calls: 1_940,
        troubled: 1_192,
        failed: 1_180,
        p95: { before: 118, after: 5_020 },
      },
      {
        operation: 'gateway GET /api/cart',
        calls: 8_112,
        troubled: 96,
        failed: 2,
        p95: { before: 44, after: 51 },
      },
    ],
    impact: { before: 0.011, after: 0.124 },
    factors: [
      {
        kind: 'deployment',
        at: ONSET - 5 * MINUTE,
        workload: 'inventory',
        summary: 'inventory was deployed 5 min before: v2.1 (3f9c2ab).',
        url: 'https://github.com/acme/inventory/deployments/42',
      },
      {
        kind: 'retries',
        workload: 'checkout',
        summary: 'checkout asked inventory 2.9 times a handled call instead of once.',
      },
    ],
    ruledOut: [
      {
        workload: 'gateway',
        why: 'It only passes on: 99 % of its failed calls hold a failed call of checkout.',
      },
      { workload: 'payment', why: 'It was called less, and is as fast as before.' },
      { workload: 'checkout', why: 'Its own time did not change; what it called failed first.' },
    ],
    findings: [
      finding({
        rule: 'error.rate-increased',
        category: 'new-error',
        operation: 'inventory POST /reservations',
        path: 'status 503',
        summary: '503 in 1,204 of 1,310 calls (2 of 1,290 before).',
        baseline: 2,
        candidate: 1_204,
        effect: 0.92,
        interval: { low: 0.9, high: 0.93, level: 0.95 },
        samples: { baseline: 1_290, candidate: 1_310 },
        kfl: 'http && dst.service.name == "inventory" && status_code == 503',
      }),
      finding({
        rule: 'call.retries',
        category: 'behaviour',
        severity: 'warning',
        operation: 'checkout POST /checkout',
        path: 'inventory POST /reservations',
        summary: 'Calls to inventory are repeated after failures: 1 → 2.9 a handled call.',
        baseline: 1,
        candidate: 2.9,
        effect: 1.9,
        interval: null,
        samples: { baseline: 1_180, candidate: 1_201 },
        evidence: [],
      }),
    ],
    hypothesis:
      'inventory ran out of connections to its database at 14:28:03, so its reservations failed with 503, which cascaded into checkout failures.',
    confidence: 0.87,
    abstained: false,
    reasons: [],
    nextChecks: [
      'Compare the pool size and connection handling of inventory v2.1 with v2.0.',
      'Look at the connections that inventory-db held at 14:28:03.',
    ],
    lanes: [
      lane('inventory', 0.92, 5_000, ONSET),
      lane('checkout', 0.9, 5_010, ONSET + 5_100),
      lane('gateway', 0.12, 5_020, ONSET + 5_400),
      lane('payment', 0, 42, ONSET),
    ],
    problems: [
      {
        side: 'incident',
        code: 'cut-bodies',
        message: '812 bodies were cut: what they held is not known.',
      },
    ],
    snapshot: 'wireproof-shop-20261123-1430',
    ...given,
  };
}

/** One that names nobody. */
export function abstaining(given: Partial<Investigation> = {}): Investigation {
  const { snapshot: _, ...base } = investigation();
  return {
    ...base,
    onset: null,
    began: null,
    rootCauses: [],
    cascade: [],
    timeline: [entry(117_000, { kind: 'window', summary: 'The symptom was reported.' })],
    affected: [],
    impact: { before: 0.011, after: 0.013 },
    factors: [],
    ruledOut: [{ workload: 'payment', why: 'Nothing about it changed.' }],
    findings: [],
    hypothesis:
      'Nothing in this traffic tells an origin: no workload changed beyond what is usual.',
    confidence: 0.12,
    abstained: true,
    reasons: [
      'Of 310 calls in the incident, 4 failed: too few to tell them from what is usual.',
      'No traffic from before 14:20 was given, so that nothing shows how it was.',
    ],
    nextChecks: [
      'Capture ten minutes from a quiet time and give them as --known-good.',
      'Capture a longer window: at least 500 calls of checkout.',
    ],
    lanes: [lane('checkout', 0, 42, ONSET)],
    problems: [],
    ...given,
  };
}

/** The name wherever something from traffic, from GitHub or from whoever asked may stand. */
export function bearingIncident(name: string): Investigation {
  const call_ = call({
    callId: name,
    node: name,
    caller: name,
    operation: `${name} GET /`,
    status: name,
    note: name,
  });
  const place = { workload: name, operation: `${name} GET /` };
  const since = { at: ONSET, from: ONSET - 1, to: ONSET + 1 };
  return investigation({
    symptom: { text: name, workloads: [name], operations: [name], understood: [name] },
    knownGood: { ...investigation().knownGood, doubts: [name] },
    rootCauses: [
      {
        ...place,
        kind: 'failing',
        shape: 'origin',
        score: 0.7,
        explains: 0.8,
        since,
        reasons: [name],
        evidence: [call_],
      },
    ],
    cascade: [
      {
        from: place,
        to: { workload: `to ${name}` },
        effect: 'errors',
        since,
        calls: 1,
        of: 2,
        evidence: [call_],
      },
    ],
    timeline: [entry(0, { ...place, kind: 'errors', summary: name, evidence: [call_] })],
    affected: [
      { operation: name, calls: 9, troubled: 3, failed: 2, p95: { before: null, after: 7 } },
    ],
    factors: [{ kind: 'deployment', at: ONSET, workload: name, summary: name, url: name }],
    ruledOut: [{ workload: name, why: name }],
    findings: [
      finding({
        operation: name,
        path: name,
        summary: name,
        baseline: name,
        candidate: name,
        kfl: name,
        evidence: [{ callId: name, side: 'candidate', note: name }],
      }),
    ],
    hypothesis: name,
    reasons: [name],
    nextChecks: [name],
    lanes: [{ ...lane('x', 0.5, 90, ONSET), workload: name }],
    problems: [{ side: 'incident', code: name, message: name }],
    snapshot: name,
  });
}

/** Hundreds of everything that may be long. */
export function largeIncident(count = 600): Investigation {
  const all = Array.from({ length: count }, (_, i) => i);
  const name = (i: number) => `service-${i}`;
  return investigation({
    cascade: all.slice(1).map((i) => ({
      from: {
        workload: name(Math.floor(i / 3)),
        operation: `${name(Math.floor(i / 3))} GET /${i}`,
      },
      to: { workload: name(i), operation: `${name(i)} GET /${i}` },
      effect: 'errors',
      since: { at: ONSET + i * 100, from: ONSET, to: ONSET + i * 200 },
      calls: 10,
      of: 12,
      evidence: [call({ callId: `edge-${i}` })],
    })),
    timeline: all.map((i) =>
      entry(i * 500, {
        kind: 'latency',
        workload: name(i),
        operation: `${name(i)} GET /things/{id}/parts`,
        summary: `P95 rose from ${i} ms to ${i * 3} ms, ${'in words '.repeat(20)}`,
        evidence: Array.from({ length: 10 }, (_, j) => call({ callId: `call-${i}-${j}` })),
      }),
    ),
    affected: all.map((i) => ({
      operation: `${name(i)} GET /${i}`,
      calls: 100,
      troubled: 20,
      failed: 10,
      p95: { before: 10, after: 30 },
    })),
    ruledOut: all.map((i) => ({ workload: name(i), why: 'It is as fast as before.' })),
    lanes: all.map((i) => lane(name(i), 0.1, 200, ONSET)),
  });
}

function entry(after: number, given: Partial<TimelineEntry>): TimelineEntry {
  return { at: ONSET + after, kind: 'note', summary: '', evidence: [], ...given };
}
