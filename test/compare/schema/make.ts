import type { Call } from '../../../src/calls/call.ts';
import { subjectOf } from '../../../src/calls/subject.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { compareMessages } from '../../../src/compare/schema/index.ts';
import { MessageProfile } from '../../../src/profile/message.ts';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { call } from '../../profile/schema/make.ts';

/** Seeded pseudo-random numbers in [0, 1): mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A body that is not what its content type says. */
export class Malformed {}

type Side = 'request' | 'response';

/** Messages whose JSON bodies are `body(i)`; undefined gives none. */
export function messages(
  side: Side,
  count: number,
  body: (i: number) => unknown,
  over: (i: number) => Partial<Call> = () => ({}),
  prefix = 'c',
): MessageProfile {
  const profile = new MessageProfile();
  for (let i = 0; i < count; i++) {
    const value = body(i);
    const text =
      value === undefined
        ? ({ state: 'absent' } as const)
        : ({
            state: 'whole',
            text: value instanceof Malformed ? '<html>Bad Gateway' : JSON.stringify(value),
          } as const);
    const headers = new Map([['content-type', 'application/json']]);
    const made =
      side === 'request'
        ? { requestBody: text, requestHeaders: headers }
        : { responseBody: text, responseHeaders: headers };
    const one = call(`${prefix}${i}`, { ...made, ...over(i) });
    const { hash, ids } = subjectOf(one);
    const ref = over(i).path === undefined ? callRef(one.id) : callRef(one.id, hash);
    const answer = side === 'response' && ({ asked: ids, isAnswer: true } as const);
    profile.observe(one, side, { ...ref, ...answer });
  }
  return profile;
}

/** Calls about so many things, in turn. */
const numbered = (things: number) => (i: number) => ({ path: `/things/${i % things}` });

export interface Compared {
  readonly findings: readonly Finding[];
  /** `rule path severity`, in order. */
  readonly told: readonly string[];
  readonly notChecked: readonly string[];
}

/** Compares two sides made of bodies, 50 calls each by default, that are asked for by number. */
export function compareBodies(
  side: Side,
  base: (i: number) => unknown,
  cand: (i: number) => unknown,
  {
    count = 50,
    minSamples = 20,
    things = Number.POSITIVE_INFINITY,
  }: { count?: number | [number, number]; minSamples?: number; things?: number } = {},
): Compared {
  const [n1, n2] = typeof count === 'number' ? [count, count] : count;
  return compared(
    side,
    messages(side, n1, base, numbered(things), 'b'),
    messages(side, n2, cand, numbered(things), 'c'),
    minSamples,
  );
}

export function compared(
  side: Side,
  base: MessageProfile,
  cand: MessageProfile,
  minSamples = 20,
): Compared {
  const { findings, notChecked } = compareMessages({
    operation: 'api GET /things',
    side,
    ...(side === 'response' && { status: '200' }),
    base,
    cand,
    minSamples,
  });
  return {
    findings,
    told: findings.map(({ rule, path, severity }) => `${severity} ${rule} @ ${path}`),
    notChecked: notChecked.map(({ reason }) => reason),
  };
}
