import { type Target, targetOf } from '../../../src/calls/target.ts';
import { backgroundCalls } from '../../../src/compare/calls/background.ts';
import { destinationsOf } from '../../../src/compare/calls/destinations.ts';
import { compareCalls } from '../../../src/compare/calls/index.ts';
import { allOutcomes, type CallsPair } from '../../../src/compare/calls/pair.ts';
import type { Namer } from '../../../src/compare/draw-names.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { Talks } from '../../../src/profile/capture-talks.ts';
import { Fanout } from '../../../src/profile/fanout.ts';
import { EdgeTotals } from '../../../src/profile/fanout-edges.ts';
import { SameByName } from '../../../src/profile/same-by-name.ts';
import { caused } from '../../profile/caused.ts';
import { call } from '../../support/calls.ts';

/** A call that a handled call makes: `to` is `workload METHOD path`. */
export interface Made {
  readonly to: string;
  readonly protocol?: string;
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** ms from the start of the handled call; one after the other, each 1 ms long, when unsaid. */
  readonly at?: number;
  /** ms */
  readonly latency?: number;
  readonly confidence?: number;
  /** A host outside the cluster. */
  readonly outside?: boolean;
}

/** A statement to a database. */
export const query = (table: string, verb = 'SELECT', db = 'db'): Made => ({
  to: `${db} ${verb} ${verb === 'SELECT' ? 'SELECT a FROM' : `${verb} INTO`} ${table}`,
  protocol: 'postgresql',
});

/** What handled calls made, `makes(i)` for the `i`th of `count`, which asks for `path(i)`. */
export function fanoutOf(
  count: number,
  makes: (i: number) => readonly Made[],
  { status = '200', side = 'h', into = new Fanout(), path = (_: number): string => '/orders' } = {},
): Fanout {
  for (let i = 0; i < count; i++) {
    const id = `${side}/${i}`;
    const children = makes(i).map((made, k) => {
      const child = childCall(made, `${id}/${k}`, 2 + 2 * k);
      return caused(child, targetOf(child), made.confidence);
    });
    into.observe(call({ id, latency: 200, to: 'orders', path: path(i), status }), children);
  }
  return into;
}

function childCall(made: Made, id: string, ts: number) {
  const [to = '', method = '', ...path] = made.to.split(' ');
  const { protocol = 'http', status = '200', headers = {}, at = ts, latency = 1 } = made;
  const requestHeaders = new Map(Object.entries(headers));
  const given = { id, ts: at, latency, to, protocol, method, path: path.join(' '), status };
  const one = call({ ...given, requestHeaders });
  return made.outside
    ? { ...one, dst: { ...one.dst, workload: { name: to, kind: 'outside' as const } } }
    : one;
}

export const namer: Namer = ({ workload, method, separator }, segments) =>
  `${workload} ${method} ${separator === '/' ? '/' : ''}${segments.join(separator)}`;

/** How a call made is named. */
export function nameOf(made: Made): string {
  const target: Target = targetOf(childCall(made, 'x', 0));
  return namer(target, target.segments);
}

/** One operation with what it made before and after. */
export function pairOf(
  base: Fanout | undefined,
  cand: Fanout | undefined,
  operation = 'orders POST /orders',
): CallsPair {
  const side = (fanout = new Fanout()) => {
    const count = fanout.outcomes.reduce((sum, [, { handled }]) => sum + handled, 0);
    return { fanout, count, echoed: new SameByName() };
  };
  return { operation, base: side(base), cand: side(cand), subjects: undefined };
}

/** What is said of the calls of these operations, and of `background` that nothing is known to have caused. */
export function judged(
  pairs: readonly CallsPair[],
  {
    name = namer,
    background = {},
    timeRatio = 1,
    isOfPages = false,
  }: {
    readonly name?: Namer;
    readonly background?: { readonly base?: EdgeTotals; readonly cand?: EdgeTotals };
    readonly timeRatio?: number;
    readonly isOfPages?: boolean;
  } = {},
) {
  const { base = new EdgeTotals(), cand = new EdgeTotals() } = background;
  const named = { base: backgroundCalls(base, name), cand: backgroundCalls(cand, name) };
  const talks = { base: new Talks(), cand: new Talks() };
  const all = pairs.map((pair) => allOutcomes(pair, name));
  const called = destinationsOf(all, named);
  const shown = { isOfPages, showsEmptyLooks: true, namesByAddress: false };
  const options = { all, called, minSamples: 20, talks, shown, timeRatio };
  return compareCalls({ pairs, name, background: named }, options);
}

/** What the `i`th handled call makes. */
export type Each = (i: number) => readonly Made[];

/** What is found in the calls that one operation makes, of so many handled calls on each side. */
export function findings(
  before: Each,
  after: Each,
  counts: readonly [number, number] = [100, 100],
): readonly Finding[] {
  const base = fanoutOf(counts[0], before, { side: 'b' });
  const cand = fanoutOf(counts[1], after, { side: 'c' });
  return judged([pairOf(base, cand)]).findings;
}

/** The same in short. */
export function told(...given: Parameters<typeof findings>): string[] {
  return findings(...given).map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);
}
