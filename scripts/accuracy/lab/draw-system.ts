import type { Call } from '../../../src/calls/call.ts';
import { formatOperation } from '../../../src/calls/operation.ts';
import { postgresql } from '../../../src/calls/protocols/sql.ts';
import { Draws } from './draws.ts';
import { drawFields } from './fields.ts';
import type { ChildCalls, Errors, Operation, OwnTime, System } from './system.ts';

export interface SystemOptions {
  readonly seed: string;
  /** Operations of all workloads together. */
  readonly operations: number;
  /** Exact requests of every entry operation; without it a mix: log-normal, median 45, 5 to 5,000. */
  readonly calls?: number | undefined;
  /** No entry operation of a mix has more requests than this. Default 5,000. */
  readonly most?: number;
}

const NOUNS =
  'orders carts products users invoices payments shipments reviews coupons stores tickets events accounts devices reports messages plans quotes routes seats tasks teams tokens topics trips vendors wallets zones assets badges claims drafts feeds grants hotels images jobs kits loans menus notes offers posts ranks sales tags units visits wishes'.split(
    ' ',
  );
const PARTS = ['', '/summary', '/history', '/settings'];

/**
 * A system of an entry service, services behind it, a database and a cache. Of K operations about
 * 40 % are entered from outside, 30 % are served behind, and the rest are statements and keys.
 *
 * Between two runs all latencies move together by a factor of a log deviation of about 0.11 (drift,
 * and what is left of the weather over a window of half a minute). Of the operations with 50 calls a
 * side or more, P95 moves by more than 1.25 × in 19 % and by more than 1.5 × in 3 %; in a shop of real
 * processes it did so in 11 and 5 %.
 */
export function drawSystem({ seed, operations: count, calls, most = 5000 }: SystemOptions): System {
  const draws = new Draws('system', seed);
  const caches = Math.floor(count / 12);
  const entries = Math.max(1, Math.round(count * 0.4));
  const behind = count > 2 ? Math.round(count * 0.3) : 0;
  const services = Math.max(1, Math.round(Math.sqrt(count) / 1.5));
  const operations: Operation[] = [];
  for (let i = 0; i < entries + behind; i++) {
    const isEntry = i < entries;
    const workload = isEntry ? 'shop' : `service-${'abcdefghijklmnop'[i % services]}`;
    operations.push({ ...httpOperation(draws, workload, i), requests: isEntry ? requests() : 0 });
  }
  const parents = new Map<number, ChildCalls[]>();
  const attach = (target: number, from: number, to: number) => {
    const parent = from + draws.below(to - from);
    parents.set(parent, [...(parents.get(parent) ?? []), childCalls(draws, target)]);
  };
  for (let i = entries; i < entries + behind; i++) {
    // Every third is called by another service behind, where there is one.
    if (i - entries >= 1 && services > 1 && draws.chance(1 / 3)) attach(i, i - 1, i);
    else attach(i, 0, entries);
    if (draws.chance(0.2)) attach(i, 0, entries);
  }
  while (operations.length < count - 2 * caches) {
    const target = operations.length;
    operations.push(statement(draws, target));
    attach(target, 0, entries + behind);
    if (draws.chance(0.2)) attach(target, 0, entries + behind);
  }
  for (let i = 0; i < caches && operations.length + 1 < count; i++) {
    const target = operations.length;
    const parent = draws.below(entries + behind);
    const noun = NOUNS[i % NOUNS.length] as string;
    operations.push(key(draws, 'GET', noun), key(draws, 'SET', noun));
    const before = (parents.get(parent) ?? []).filter(({ kind }) => kind !== 'miss');
    const [filled, ...others] = before;
    parents.set(parent, [
      { target, kind: 'fixed', amount: 1 },
      ...(filled ? [{ ...filled, kind: 'miss' as const, amount: 1 }] : []),
      { target: target + 1, kind: 'miss', amount: 1 },
      ...others,
    ]);
  }
  return {
    operations: operations.map((op, i) => ({ ...op, children: parents.get(i) ?? [] })),
    traced: draws.chance(0.5),
    exact: calls !== undefined,
    concurrency: draws.uniform(0.5, 2),
    runDrift: draws.uniform(0.02, 0.1),
    operationDrift: draws.uniform(0.01, 0.05),
    weather: draws.uniform(0.05, 0.15),
    persistence: draws.uniform(0.4, 0.8),
    swing: draws.uniform(0, 0.6),
  };

  function requests(): number {
    return calls ?? Math.min(most, Math.max(5, Math.round(draws.logNormal(45, 1.2))));
  }
}

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
    ...plain(draws, 'db', path),
    name: statementName(path),
    protocol: 'postgresql',
    method: writes ? 'INSERT' : 'SELECT',
    own: { ...drawOwnTime(draws, 0.4, 6), hits: 0 },
    response: writes ? [] : drawFields(draws, 1),
  };
}

function key(draws: Draws, method: string, noun: string): Operation {
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

/** Half always make one; the rest two, 0 to 5, as the cache has it, or in a share of the calls. */
function childCalls(draws: Draws, target: number): ChildCalls {
  const kind = draws.weighted([
    ['one', 0.5],
    ['two', 0.12],
    ['variable', 0.13],
    ['miss', 0.13],
    ['share', 0.12],
  ] as const);
  if (kind === 'one') return { target, kind: 'fixed', amount: 1 };
  if (kind === 'two') return { target, kind: 'fixed', amount: 2 };
  if (kind === 'variable') return { target, kind, amount: draws.uniform(0.8, 2.5) };
  if (kind === 'miss') return { target, kind, amount: 1 };
  return { target, kind, amount: draws.logUniform(0.02, 0.95) };
}

/**
 * Server errors: none in six of ten operations, else 0.5, 1 or 5 % of the calls, in bursts in three
 * of ten of these (3 to 8 bursts a run). Client errors: none in six of ten, else 0.5 to 10 %.
 */
function drawErrors(draws: Draws): Errors[] {
  const share = draws.weighted([
    [0, 0.6],
    [0.005, 0.15],
    [0.01, 0.15],
    [0.05, 0.1],
  ]);
  const bursts = draws.chance(0.3) ? 3 + draws.below(6) : 0;
  const status = draws.chance(0.5) ? '500' : '503';
  const client = draws.chance(0.4) ? draws.logUniform(0.005, 0.1) : 0;
  return [
    ...(share > 0 ? [{ share, status, bursts }] : []),
    ...(client > 0 ? [{ share: client, status: '404', bursts: 0 }] : []),
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

/** A statement's plain form, as the product draws it. */
function statementName(path: string): string {
  const call = { method: '', path, requestBody: { state: 'absent' } } as Call;
  const { method, separator, segments } = postgresql(call);
  return formatOperation({ workload: 'db', protocol: 'postgresql', method, separator }, segments);
}
