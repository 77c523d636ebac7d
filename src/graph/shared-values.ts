import type { Call } from '../calls/call.ts';
import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';
import { randomFrom } from './random.ts';
import { type ValueTokens, valueTokens } from './value-tokens.ts';

/** A value carried by more of the calls than this tells nothing. */
const COMMON_SHARE = 0.05;
const COMMON_CALLS = 20;
/** Shares are kept off 0 and 1: nothing is known for certain from so few calls. */
const LEAST = 0.002;
const MOST = 0.99;
/** Weight (log) of a trace id: as good as certain. */
const TRACE = 25;
const NONE: ReadonlySet<number> = new Set();

/** By operation called: how often its causes carry one of its values, and how often any call does. */
interface Rates {
  calls: number;
  matched: number;
  chance: number;
}

/**
 * Log odds, a number for each candidate of `candidates.parents`, that values seen in both a call and
 * the candidate speak for or against it: an id in a query's arguments or a key names the request that
 * it came with; a trace id settles it. How much a match weighs is learned per operation called, from
 * how often one of the candidates has it against how often a handled call picked blindly does.
 */
export function sharedValues(
  calls: readonly Call[],
  block: Block,
  candidates: Candidates,
): Float32Array {
  const { offset, parents } = candidates;
  const scores = new Float32Array(parents.length);
  const tokens = tokensOf(calls, block, offset, parents);
  const common = commonValues(tokens);
  const values = tokens.map((one) =>
    one ? new Set(one.values.filter((value) => !common.has(value))) : NONE,
  );
  const { matches, rates } = matchesOf(values, block, candidates);
  for (let child = 0; child < block.size; child++) {
    const from = offset[child] as number;
    const to = offset[child + 1] as number;
    if (from === to) continue;
    const weights = weightsOf(rates.get(block.operation[child] as number));
    const traced = tracedCandidates(tokens, parents, child, from, to);
    for (let i = from; i < to; i++) {
      const value = values[child]?.size === 0 ? 0 : weights[matches[i] as 0 | 1];
      const trace = traced === undefined ? 0 : traced.has(i) ? TRACE : -TRACE;
      scores[i] = value + trace;
    }
  }
  return scores;
}

/** Which of the candidates have a value of their child, 0 or 1, and how often that is so, by operation. */
function matchesOf(
  values: readonly ReadonlySet<number>[],
  block: Block,
  { offset, parents }: Candidates,
): { readonly matches: Uint8Array; readonly rates: ReadonlyMap<number, Rates> } {
  const share = (a: number, b: number) =>
    shareAny(values[a] as ReadonlySet<number>, values[b] as ReadonlySet<number>);
  const random = randomFrom(values.length);
  const rates = new Map<number, Rates>();
  const matches = new Uint8Array(parents.length);
  for (let child = 0; child < block.size; child++) {
    const from = offset[child] as number;
    const to = offset[child + 1] as number;
    if (from === to || values[child]?.size === 0) continue;
    const rate = rateOf(rates, block.operation[child] as number);
    rate.calls++;
    let any = false;
    for (let i = from; i < to; i++) {
      if (!share(parents[i] as number, child)) continue;
      matches[i] = 1;
      any = true;
    }
    if (any) rate.matched++;
    const list = block.handled[block.causes[child] as number] as Int32Array;
    const blind = list[Math.floor(random() * list.length)] as number;
    if (blind !== child && share(blind, child)) rate.chance++;
  }
  return { matches, rates };
}

function shareAny(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const value of few) if (many.has(value)) return true;
  return false;
}

/** The candidates that carry the child's trace id; undefined where none does. */
function tracedCandidates(
  tokens: readonly (ValueTokens | undefined)[],
  parents: Int32Array,
  child: number,
  from: number,
  to: number,
): ReadonlySet<number> | undefined {
  const mine = tokens[child]?.trace ?? [];
  if (mine.length === 0) return undefined;
  const found = new Set<number>();
  for (let i = from; i < to; i++) {
    const theirs = tokens[parents[i] as number]?.trace ?? [];
    if (theirs.some((id) => mine.includes(id))) found.add(i);
  }
  return found.size === 0 ? undefined : found;
}

function rateOf(rates: Map<number, Rates>, operation: number): Rates {
  let rate = rates.get(operation);
  if (!rate) {
    rate = { calls: 0, matched: 0, chance: 0 };
    rates.set(operation, rate);
  }
  return rate;
}

/** Log odds of no match and of a match. */
function weightsOf(rate: Rates | undefined): readonly [number, number] {
  if (!rate || rate.calls === 0) return [0, 0];
  const chance = within((rate.chance + 0.5) / (rate.calls + 1));
  const seen = within((rate.matched + 0.5) / (rate.calls + 1));
  const share = Math.min(MOST, Math.max(0, (seen - chance) / (1 - chance)));
  return [Math.log(1 - share), Math.log((share + (1 - share) * chance) / chance)];
}

function within(share: number): number {
  return Math.min(MOST, Math.max(LEAST, share));
}

/** Only of calls that have candidates or are some: the rest is never compared. */
function tokensOf(
  calls: readonly Call[],
  block: Block,
  offset: Int32Array,
  parents: Int32Array,
): (ValueTokens | undefined)[] {
  const wanted = new Uint8Array(block.size);
  for (const parent of parents) wanted[parent] = 1;
  for (let c = 0; c < block.size; c++) if (offset[c] !== offset[c + 1]) wanted[c] = 1;
  return calls.map((call, i) => (wanted[i] ? valueTokens(call) : undefined));
}

function commonValues(tokens: readonly (ValueTokens | undefined)[]): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const one of tokens) {
    for (const value of one?.values ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const limit = Math.max(COMMON_CALLS, tokens.length * COMMON_SHARE);
  return new Set([...counts].filter(([, count]) => count > limit).map(([value]) => value));
}
