import { drawBackground } from './draw-background.ts';
import { httpOperation, keyOperation, statement } from './draw-operation.ts';
import { Draws } from './draws.ts';
import type { ChildCalls, Operation, System } from './system.ts';

export interface SystemOptions {
  readonly seed: string;
  /** Operations of all workloads together, without those that go on by themselves. */
  readonly operations: number;
  /** Exact requests of every entry operation; without it a mix: log-normal, median 45, 5 to 5,000. */
  readonly calls?: number | undefined;
  /** No entry operation of a mix has more requests than this. Default 5,000. */
  readonly most?: number;
}

/**
 * A system of an entry service, services behind it, a database and a cache. Of K operations about
 * 40 % are entered from outside, 30 % are served behind, and the rest are statements and keys.
 *
 * Between two runs all latencies move together by a factor of a log deviation of about 0.11 (drift,
 * and what is left of the weather over a window of half a minute). Of the operations with 50 calls a
 * side or more, P95 moves by more than 1.25 × in 20 % and by more than 1.5 × in 3 %; in a shop of real
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
    operations.push(keyOperation(draws, 'GET', i), keyOperation(draws, 'SET', i));
    const before = (parents.get(parent) ?? []).filter(({ kind }) => kind !== 'miss');
    const [filled, ...others] = before;
    parents.set(parent, [
      { target, kind: 'fixed', amount: 1 },
      ...(filled ? [{ ...filled, kind: 'miss' as const, amount: 1 }] : []),
      { target: target + 1, kind: 'miss', amount: 1 },
      ...others,
    ]);
  }
  const foreground = operations.map((op, i) => ({ ...op, children: parents.get(i) ?? [] }));
  return {
    ...drawBackground(new Draws('background', seed), foreground),
    traced: draws.chance(0.5),
    exact: calls !== undefined,
    repeats: new Draws('repeats', seed).uniform(1, 4),
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

/**
 * Half always make one; the rest two, 0 to 5, as the cache has it, or in a share of the calls. Where the
 * number varies, half of them follow what the call is about.
 */
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
  if (kind === 'miss') return { target, kind, amount: 1 };
  const personal = draws.chance(0.5);
  if (kind === 'variable') return { target, kind, amount: draws.uniform(0.8, 2.5), personal };
  return { target, kind, amount: draws.logUniform(0.02, 0.95), personal };
}
