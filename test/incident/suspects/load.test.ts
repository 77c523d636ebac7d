import { expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import { evidenceOf } from '../../../src/incident/suspects/evidence.ts';
import { loadOf } from '../../../src/incident/suspects/load.ts';
import { call } from '../../support/calls.ts';
import { readingOf, START } from '../shop-traffic.ts';

const SECONDS = 30;

interface Asked {
  /** Requests a second of users, each of which makes the gateway ask the catalogue. */
  readonly users: number;
  /** Calls more that the gateway makes for each of them, which nothing tells the cause of. */
  readonly again?: number;
  /** Calls a second by a job that nobody calls. */
  readonly job?: number;
}

/** What comes in a second, evenly; the causes of calls are told, so that links are sure. */
function reading(start: number, { users, again = 0, job = 0 }: Asked) {
  const calls: Call[] = [];
  const add = (given: Parameters<typeof call>[0]) => {
    const id = `n1/${start}-${calls.length}`;
    calls.push(call({ id, cause: null, ...given }));
    return id;
  };
  const each = (rate: number, make: (ts: number) => void) => {
    for (let i = 0; i < SECONDS * rate; i++) make(start + Math.floor((i * 1_000) / rate));
  };
  each(users, (ts) => {
    const cause = add({ ts, to: 'gateway', path: '/products', latency: 60 });
    const asks = { from: 'gateway', to: 'catalogue', path: '/items', latency: 9 };
    add({ ts: ts + 2, ...asks, cause });
    for (let i = 1; i <= again; i++) add({ ts: ts + 2 + 12 * i, ...asks });
  });
  each(job, (ts) => add({ ts, from: 'job', to: 'catalogue', path: '/items', latency: 9 }));
  return readingOf(calls.sort((a, b) => a.ts - b.ts));
}

const loadFrom = (before: Asked, after: Asked) => {
  const [good, bad] = [reading(START, before), reading(START + 60_000, after)];
  return loadOf(evidenceOf(caseOf(good, bad, { minSamples: 20 }), []));
};

it('is what users ask more, without what is called for them', () => {
  const load = loadFrom({ users: 5 }, { users: 15 });
  expect(load?.before).toBeCloseTo(5, 0);
  expect(load?.after).toBeCloseTo(15, 0);
  expect(loadFrom({ users: 5, job: 5 }, { users: 5, job: 25 })?.after).toBeCloseTo(30, 0);
  expect(loadFrom({ users: 5 }, { users: 6 })).toBeUndefined();
});

it('is not what is tried again, though nothing tells the cause of it', () => {
  expect(loadFrom({ users: 5 }, { users: 5, again: 4 })).toBeUndefined();
  expect(loadFrom({ users: 5 }, { users: 15, again: 4 })?.after).toBeCloseTo(15, 0);
});
