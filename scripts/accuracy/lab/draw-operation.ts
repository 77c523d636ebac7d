import type { Call } from '../../../src/calls/call.ts';
import { formatOperation } from '../../../src/calls/operation.ts';
import { kafka } from '../../../src/calls/protocols/kafka.ts';
import type { Protocol } from '../../../src/calls/protocols/protocol.ts';
import { postgresql } from '../../../src/calls/protocols/sql.ts';
import type { Draws } from './draws.ts';
import { drawFields } from './fields.ts';
import type { Errors, Operation, OwnTime } from './system.ts';

const NOUNS =
  'orders carts products users invoices payments shipments reviews coupons stores tickets events accounts devices reports messages plans quotes routes seats tasks teams tokens topics trips vendors wallets zones assets badges claims drafts feeds grants hotels images jobs kits loans menus notes offers posts ranks sales tags units visits wishes'.split(
    ' ',
  );
const PARTS = ['', '/summary', '/history', '/settings'];

/** Own time with a median of 3 to 60 ms over HTTP; a quarter are bimodal, a third have a heavy tail. */
export function drawOwnTime(draws: Draws, least = 3, most = 60): OwnTime {
  return {
    median: draws.logUniform(least, most),
    sigma: draws.uniform(0.2, 0.7),
    hits: draws.chance(0.25) ? draws.uniform(0.2, 0.8) : 0,
    tail: draws.chance(1 / 3) ? draws.uniform(0.002, 0.03) : 0,
    alpha: draws.uniform(1.5, 3),
  };
}

/** An operation over HTTP without children. */
export function httpOperation(draws: Draws, workload: string, index: number): Operation {
  const noun = NOUNS[index % NOUNS.length] as string;
  const part = PARTS[Math.floor(index / NOUNS.length) % PARTS.length] as string;
  const writes = draws.chance(0.25);
  const path = writes && part === '' ? `/api/${noun}` : `/api/${noun}/{id}${part}`;
  const method = writes ? 'POST' : 'GET';
  return {
    name: `${workload} ${method} ${path}`,
    workload,
    protocol: 'http',
    method,
    path,
    own: drawOwnTime(draws),
    errors: drawErrors(draws),
    request: writes ? drawFields(draws) : [],
    response: drawFields(draws),
    headers: drawHeaders(draws),
    cached: draws.uniform(0.3, 0.9),
    children: [],
    parallel: draws.chance(0.15),
    propagates: draws.chance(0.5),
    requests: 0,
  };
}

/** A statement on a table of its own. */
export function statement(draws: Draws, index: number, writes = draws.chance(0.3)): Operation {
  const table = `${NOUNS[(index * 7) % NOUNS.length]}_${'abcdefghijklmnopqrstuvwxyz'[index % 26]}${'abcdefgh'[Math.floor(index / 26) % 8]}`;
  const path = writes
    ? `INSERT INTO ${table} (owner, note) VALUES ($1, $2)`
    : `SELECT id, note, amount FROM ${table} WHERE id = $1`;
  return {
    ...statementOf(draws, path),
    response: writes ? [] : drawFields(draws, 1),
  };
}

/** The statement of this text, which returns no rows. */
export function statementOf(draws: Draws, path: string): Operation {
  return {
    ...plain(draws, 'db', path),
    name: nameOf('db', 'postgresql', path, postgresql),
    protocol: 'postgresql',
    method: path.split(' ', 1)[0] as string,
    own: { ...drawOwnTime(draws, 0.4, 6), hits: 0 },
  };
}

/** A call of the queue about a topic. */
export function queueOperation(draws: Draws, method: string, topic: string): Operation {
  return {
    ...plain(draws, 'queue', topic),
    name: nameOf('queue', 'kafka', topic, kafka, method),
    protocol: 'kafka',
    method,
    own: { ...drawOwnTime(draws, 0.5, 4), hits: 0 },
  };
}

/** What only a probe calls; answered without a body that says anything. */
export function probeOperation(draws: Draws, workload: string, path: string): Operation {
  return {
    ...plain(draws, workload, path),
    name: `${workload} GET ${path}`,
    protocol: 'http',
    method: 'GET',
    own: { ...drawOwnTime(draws, 0.3, 2), hits: 0 },
    response: [{ name: 'status', kind: 'enum', presence: 1, nulls: 0, members: ['UP'] }],
  };
}

/** A command of the cache on a key. */
export function keyOperation(draws: Draws, method: string, index: number): Operation {
  const noun = NOUNS[index % NOUNS.length] as string;
  return {
    ...plain(draws, 'cache', `${noun}:{id}`),
    name: `cache ${method} ${noun}:{id}`,
    protocol: 'redis',
    method,
    own: { ...drawOwnTime(draws, 0.2, 1), hits: 0 },
  };
}

function plain(
  draws: Draws,
  workload: string,
  path: string,
): Omit<Operation, 'name' | 'protocol' | 'method'> {
  return {
    workload,
    path,
    own: drawOwnTime(draws),
    errors: [],
    request: [],
    response: [],
    headers: [],
    cached: 0,
    children: [],
    parallel: false,
    propagates: false,
    requests: 0,
  };
}

/**
 * Server errors: none in eight of ten operations, else 0.05 to 5 % of the calls, in bursts in three of
 * ten of these (3 to 8 bursts a run). Client errors: none in six of ten, else 0.5 to 10 %, which
 * in half of them hit the same ids always. All with
 * equal chances per factor.
 */
function drawErrors(draws: Draws): Errors[] {
  const share = draws.chance(0.2) ? draws.logUniform(0.0005, 0.05) : 0;
  const bursts = draws.chance(0.3) ? 3 + draws.below(6) : 0;
  const status = draws.chance(0.5) ? '500' : '503';
  const client = draws.chance(0.4) ? draws.logUniform(0.005, 0.1) : 0;
  return [
    ...(share > 0 ? [{ share, status, bursts }] : []),
    ...(client > 0
      ? [{ share: client, status: '404', bursts: 0, personal: draws.chance(0.5) }]
      : []),
  ];
}

function drawHeaders(draws: Draws): Operation['headers'] {
  const share = draws.logUniform(0.01, 0.9);
  return [
    ['cache-control', 'no-store', 1],
    ...(draws.chance(0.4) ? [['etag', '"v1"', share] as const] : []),
    ...(draws.chance(0.3) ? [['x-ratelimit-remaining', '99', 1] as const] : []),
    ...(draws.chance(0.2) ? [['set-cookie', 'seen=1; Path=/', 1 - share] as const] : []),
  ];
}

/** A call's plain form, as the product draws it. */
function nameOf(
  workload: string,
  protocol: string,
  path: string,
  plainForm: Protocol,
  as = '',
): string {
  const call = { method: as, path, requestBody: { state: 'absent' } } as Call;
  const { method, separator, segments } = plainForm(call);
  return formatOperation({ workload, protocol, method, separator }, segments);
}
