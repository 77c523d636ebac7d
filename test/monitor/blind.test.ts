import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Alert } from '../../src/monitor/alert.ts';
import type { HubState } from '../hub/hub-options.ts';
import { type Watch, type Watched, watch } from './watching.ts';
import { BEGIN, HOUR, MINUTE } from './world/time.ts';
import { SLOT, World } from './world/world.ts';

/** Hours of watching, in a second or a minute of ours. */
const LIMIT_MS = 600_000;

/** Between two attempts to reach the Hub nobody waits here. */
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  setTimeout: (_ms: number, value: unknown) =>
    new Promise((resolve) => setImmediate(() => resolve(value))),
}));

const world = new World(3, { events: [], scale: 0.1 });
const begin = BEGIN + 9 * HOUR;
const watched = { world, begin, duration: 90 * MINUTE, retention: 3 * HOUR } satisfies Watch;
/** Three quarters of an hour, not at the edges of slots. */
const from = begin + 20 * MINUTE + 61_000;
const to = from + 45 * MINUTE;

let undisturbed: Watched;
beforeAll(async () => {
  undisturbed = await watch(watched);
}, LIMIT_MS);

/** Its own alerts, as `rule state`. */
const own = (alerts: readonly Alert[]) =>
  alerts
    .filter(({ category }) => category === 'monitor')
    .map(({ rule, state }) => `${rule} ${state}`);
const blind = ['monitor.blind firing', 'monitor.blind resolved'];

function expectWhole({ alerts, learned, slots }: Watched, reason: RegExp): void {
  expect(own(alerts)).toEqual(blind);
  const [fired, resolved] = alerts.filter(({ rule }) => rule === 'monitor.blind') as [Alert, Alert];
  expect(fired.summary).toMatch(reason);
  expect(Date.parse(fired.since) - from).toBeLessThanOrEqual(SLOT + MINUTE);
  expect(Date.parse(fired.firedAt) - from).toBeLessThanOrEqual(3 * SLOT);
  expect(resolved.id).toBe(fired.id);
  expect(Math.abs(Date.parse(resolved.resolvedAt ?? '') - to)).toBeLessThanOrEqual(2 * SLOT);
  expect(slots).toBe(undisturbed.slots);
  expect(learned).toEqual(undisturbed.learned);
}

it('says nothing of itself where nothing is wrong', () => {
  expect(own(undisturbed.alerts)).toEqual([]);
  expect(undisturbed.slots).toBe(17);
});

it(
  'a Hub that is down for a while: tells it once, and catches up',
  async () => {
    let up = true;
    const result = await watch({
      ...watched,
      passing: async (now, serving) => {
        const should = now < from || now >= to;
        if (should !== up) await (should ? serving.reopen() : serving.close());
        up = should;
      },
    });
    expectWhole(result, /cannot reach/i);
  },
  LIMIT_MS,
);

it(
  'a Hub that answers garbage for a while',
  async () => {
    let state: HubState = 'up';
    const result = await watch({
      ...watched,
      hub: { state: () => state },
      passing: (now) => {
        state = now < from || now >= to ? 'up' : 'garbage';
      },
    });
    expectWhole(result, /not JSON|no usable answer|No Kubeshark API/i);
  },
  LIMIT_MS,
);

it(
  'a token that expired, until a new one is there',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'token-'));
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'first');
    try {
      const result = await watch({
        ...watched,
        tokenFile,
        hub: { token: 'first' },
        passing: async (now, { hub }) => {
          if (now >= from) hub.options.token = 'second';
          if (now >= to) await writeFile(tokenFile, 'second');
        },
      });
      expectWhole(result, /credential/i);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  LIMIT_MS,
);

it(
  'what the Hub no longer holds is a gap, and no silence',
  async () => {
    let state: HubState = 'up';
    const { alerts, slots } = await watch({
      ...watched,
      retention: 20 * MINUTE,
      hub: { state: () => state },
      passing: (now) => {
        state = now < from || now >= to ? 'up' : 'dropping';
      },
    });
    expect(own(alerts).toSorted()).toEqual(
      [...blind, 'monitor.gap firing', 'monitor.gap resolved'].toSorted(),
    );
    const gap = alerts.find(({ rule }) => rule === 'monitor.gap') as Alert;
    expect(gap.summary).toMatch(/minutes of traffic were not watched/);
    expect(undisturbed.slots - slots).toBeGreaterThanOrEqual(4);
    expect(undisturbed.slots - slots).toBeLessThanOrEqual(6);
    const rules = new Set(alerts.map(({ rule }) => rule));
    for (const rule of ['traffic.silence', 'traffic.volume', 'monitor.no-traffic']) {
      expect(rules).not.toContain(rule);
    }
  },
  LIMIT_MS,
);
