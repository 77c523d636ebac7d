import { BEGIN, DAY, HOUR, MINUTE, WEEK } from './time.ts';

/** What goes wrong. */
export type Trouble =
  | { readonly kind: 'outage' }
  | { readonly kind: 'errors'; readonly share: number }
  /** Latencies of the operation, or of all of the workload's, become so many times as long. */
  | { readonly kind: 'slow'; readonly times: number }
  /** From normal to so many times as much, in a straight line; then it is restarted. */
  | { readonly kind: 'leak'; readonly times: number }
  /** Callers no longer call it. */
  | { readonly kind: 'silence' }
  /** A number is told as text. */
  | { readonly kind: 'schema'; readonly field: string }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'query'; readonly text: string }
  /** Calls that nobody made before. */
  | {
      readonly kind: 'calls';
      readonly operation: string;
      readonly port?: number;
      readonly every: number;
      readonly jitter: number;
      readonly status?: number;
      readonly paths?: readonly string[];
    };

/** Something seeded, and who may speak of it. */
export interface SeededEvent {
  readonly name: string;
  readonly trouble: Trouble;
  /** Where it lies: who serves, one operation of it (the plain form's), and the caller where one edge has it. */
  readonly workload: string;
  readonly operation?: string;
  readonly caller?: string;
  readonly onset: number;
  readonly end: number;
  /** The alert may be of any of these. */
  readonly rules: readonly string[];
  /** Documented time, ms: from the onset until it must have fired. */
  readonly within: number;
}

const INTERVAL = 5 * MINUTE;
/** A slot is judged a while after its end. */
const JUDGED = 2 * MINUTE;
const at = (day: number, hour: number, minute = 0) =>
  BEGIN + WEEK + day * DAY + hour * HOUR + minute * MINUTE;

function event(
  name: string,
  [day, hour, minute]: readonly [number, number, number],
  lasts: number,
  rest: Omit<SeededEvent, 'name' | 'onset' | 'end' | 'within'> & { readonly within: number },
): SeededEvent {
  const onset = at(day, hour, minute);
  return { name, onset, end: onset + lasts, ...rest, within: rest.within + JUDGED };
}

const probed = [
  '/wp-login.php',
  '/.env',
  '/.git/config',
  '/phpmyadmin/',
  '/actuator/env',
  '/server-status',
];

/** All in the second week, hours apart. Onsets are not at the edge of a slot. */
export const EVENTS: readonly SeededEvent[] = [
  event('outage', [0, 10, 21], 30 * MINUTE, {
    workload: 'pricing',
    trouble: { kind: 'outage' },
    rules: ['errors.burn-rate', 'errors.share'],
    within: 2 * INTERVAL,
  }),
  event('unexpected caller', [0, 15, 2], 40 * MINUTE, {
    workload: 'customers',
    caller: 'media',
    trouble: {
      kind: 'calls',
      operation: 'customers GET /customers/{id}',
      every: 2 * MINUTE,
      jitter: 0.4,
    },
    rules: ['traffic.unexpected-caller'],
    within: 2 * INTERVAL,
  }),
  event('3 % errors', [1, 10, 3], 3 * HOUR, {
    workload: 'cart',
    operation: 'cart GET /carts/{id}',
    trouble: { kind: 'errors', share: 0.03 },
    rules: ['errors.burn-rate', 'errors.share'],
    within: HOUR,
  }),
  event('secret in clear', [1, 17, 1], HOUR, {
    workload: 'geo',
    operation: 'geo GET /places/{id}',
    trouble: { kind: 'query', text: 'api_key=7f3kQ9sXv2LmN8pR4tYw6bZc' },
    rules: ['security.secret-in-clear'],
    within: 4 * INTERVAL,
  }),
  event('P95 doubled', [2, 9, 31], 2 * HOUR, {
    workload: 'search',
    operation: 'search GET /search',
    // Of its own time, with which the P95 of the whole doubles.
    trouble: { kind: 'slow', times: 2.5 },
    rules: ['latency.degraded'],
    within: 9 * INTERVAL,
  }),
  event('new host outside', [2, 14, 3], 30 * MINUTE, {
    workload: 'cdn.tracker.example',
    caller: 'reviews',
    trouble: {
      kind: 'calls',
      operation: 'cdn.tracker.example GET /t.js',
      every: 3 * MINUTE,
      jitter: 0.5,
    },
    rules: ['traffic.new-host'],
    within: 2 * INTERVAL,
  }),
  event('beacon every 5 minutes', [2, 18, 1], 5 * HOUR, {
    workload: 'sync.telemetry.example',
    caller: 'media',
    trouble: {
      kind: 'calls',
      operation: 'sync.telemetry.example GET /v1/ping',
      every: 5 * MINUTE,
      jitter: 0.01,
    },
    rules: ['security.beacon'],
    within: 2 * HOUR,
  }),
  event('silence', [3, 10, 2], HOUR, {
    workload: 'recommendations',
    trouble: { kind: 'silence' },
    rules: ['traffic.silence'],
    // Four intervals, and the one in which it begins.
    within: 5 * INTERVAL,
  }),
  event('schema violation', [3, 13, 32], 3 * HOUR, {
    workload: 'customers',
    operation: 'customers GET /customers/{id}',
    trouble: { kind: 'schema', field: 'points' },
    rules: ['protocol.schema'],
    within: 4 * INTERVAL,
  }),
  event('plain text to the outside', [3, 19, 3], HOUR, {
    workload: 'rates.fx.example',
    caller: 'pricing',
    trouble: {
      kind: 'calls',
      operation: 'rates.fx.example GET /v2/rates',
      port: 80,
      every: 4 * MINUTE,
      jitter: 0.5,
    },
    rules: ['security.plaintext-egress'],
    within: 2 * INTERVAL,
  }),
  event('missing authorization', [4, 8, 34], 90 * MINUTE, {
    workload: 'cart',
    operation: 'cart GET /carts/{id}',
    caller: 'checkout',
    trouble: { kind: 'unauthorised' },
    rules: ['security.missing-authorization'],
    within: 6 * INTERVAL,
  }),
  event('scan', [4, 11, 31], 12 * MINUTE, {
    workload: 'gateway',
    caller: 'outside',
    trouble: {
      kind: 'calls',
      operation: 'gateway GET /products/{id}',
      every: 3000,
      jitter: 0.5,
      status: 404,
      paths: probed,
    },
    rules: ['security.scan'],
    within: 2 * INTERVAL,
  }),
  event('leak over 6 hours', [4, 13, 30], 6 * HOUR, {
    workload: 'orders',
    trouble: { kind: 'leak', times: 2.5 },
    rules: ['latency.leak', 'latency.degraded'],
    within: 5 * HOUR,
  }),
  event('beacon every minute', [5, 3, 1], 2 * HOUR, {
    workload: 'mx.drop.example',
    caller: 'mailer',
    trouble: { kind: 'calls', operation: 'mx.drop.example POST /in', every: MINUTE, jitter: 0.01 },
    rules: ['security.beacon'],
    within: HOUR,
  }),
];
