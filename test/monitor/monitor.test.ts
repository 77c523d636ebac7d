import { mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../src/monitor/alert.ts';
import type { Slot } from '../../src/monitor/slot.ts';
import { CaptureError } from '../../src/support/errors.ts';
import { VirtualClock } from './accelerated.ts';
import { callAt } from './calls.ts';
import { engine, scripted } from './scripted.ts';

const BEGIN = Date.UTC(2026, 10, 2, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'engine-'));
});
afterEach(() => rm(stateDir, { recursive: true }));

/** A call a second. */
const steady = ({ start, end }: Slot) => {
  const first = Math.ceil(start / 1_000) * 1_000;
  return Array.from({ length: Math.floor((end - first) / 1_000) + 1 }, (_, i) =>
    callAt({ ts: first + i * 1_000, id: `n/${first + i * 1_000}` }),
  );
};
const one = (source = scripted(steady)) => [{ name: 'all', source }];
const state = async () =>
  JSON.parse(
    zstdDecompressSync(await readFile(join(stateDir, 'scopes/all/state.json.zst'))).toString(),
  );
const told = (alerts: readonly Alert[]) => alerts.map(({ rule, state }) => `${rule} ${state}`);

describe('a state that can not be written', () => {
  const path = () => join(stateDir, 'scopes/all/state.json.zst');

  it('ends no watch: it is told, and all is kept once there is room', async () => {
    let blocked = false;
    const clock = new VirtualClock(BEGIN, async (now) => {
      const should = now >= BEGIN + HOUR && now < BEGIN + 2.5 * HOUR;
      if (should === blocked) return;
      blocked = should;
      // A directory in its place: no file can be put there.
      if (should) {
        await rm(path());
        await mkdir(path());
        await rm(join(stateDir, 'scopes/all/hours'), { recursive: true });
        await writeFile(join(stateDir, 'scopes/all/hours'), '');
      } else {
        await rm(path(), { recursive: true });
        await rm(join(stateDir, 'scopes/all/hours'));
      }
    });
    const result = await engine({ stateDir, scopes: one(), clock, duration: 4 * HOUR });
    expect(told(result.alerts)).toEqual(['monitor.unkept firing', 'monitor.unkept resolved']);
    expect(result.alerts[0]).toMatchObject({ severity: 'critical' });
    expect(result.alerts[0]?.summary).toContain(path());
    expect(result.judged).toBe(49);
    const { judgedTo, learned } = await state();
    expect(judgedTo).toBe(BEGIN + 4 * HOUR - 5 * MINUTE);
    // The hours that ended meanwhile are not lost.
    expect(learned.open.map((hour: { start: number }) => hour.start)).toEqual([BEGIN + 3 * HOUR]);
  });

  it('is an error of a single look', async () => {
    const blocking = scripted(steady, () => mkdirSync(path(), { recursive: true }));
    const clock = new VirtualClock(BEGIN);
    await expect(engine({ stateDir, scopes: one(blocking), clock, once: true })).rejects.toThrow(
      /cannot write .*state\.json/,
    );
  });

  it('a directory that is none is told in one line', async () => {
    const file = join(stateDir, 'file');
    await writeFile(file, '');
    const clock = new VirtualClock(BEGIN);
    await expect(
      engine({ stateDir: join(file, 'state'), scopes: one(), clock, once: true }),
    ).rejects.toThrow(/^--state: cannot use .*file\/state/);
  });
});

it('with one look a scope that is blind keeps no other from being looked at', async () => {
  const blind = scripted(steady, () => {
    throw new CaptureError('it is away');
  });
  const scopes = [
    { name: 'blind', source: blind },
    { name: 'all', source: scripted(steady) },
  ];
  const clock = new VirtualClock(BEGIN + MINUTE);
  await expect(engine({ stateDir, scopes, clock, once: true })).rejects.toThrow('it is away');
  expect((await state()).judgedTo).toBe(BEGIN);
});

it('a clock that went back is told, and watched from where it was', async () => {
  let back = 0;
  const wall = new VirtualClock(BEGIN);
  const clock = {
    now: () => wall.now() - back,
    sleep: (ms: number, signal: AbortSignal) => {
      if (wall.now() >= BEGIN + HOUR) back = 2 * HOUR;
      return wall.sleep(ms, signal);
    },
  };
  const { alerts, judged } = await engine({ stateDir, scopes: one(), clock, duration: 2 * HOUR });
  expect(told(alerts)).toEqual(['monitor.blind firing', 'monitor.blind resolved']);
  expect(alerts[0]?.summary).toMatch(/the clock says 2026-11-02T08:0/);
  // Each interval once.
  expect(judged).toBe(25);
});

it('stops when it is told to, and says what it did', async () => {
  const controller = new AbortController();
  const clock = new VirtualClock(BEGIN, (now) => {
    if (now > BEGIN + HOUR) controller.abort(new Error('stopped by SIGTERM'));
  });
  const { judged } = await engine({ stateDir, scopes: one(), clock, signal: controller.signal });
  expect(judged).toBe(13);
  expect((await state()).judgedTo).toBe(BEGIN + HOUR - 5 * MINUTE);
});

it('a receiver that can not be told what fires is not asked again with each interval', async () => {
  const asked: number[] = [];
  const clock = new VirtualClock(BEGIN);
  const sink = {
    name: 'slow',
    deliver: async () => {},
    refresh: async (_: readonly Alert[], now: number) => {
      asked.push(now);
      throw new Error('no answer');
    },
  };
  const given = { stateDir, scopes: one(), sinks: [sink], clock };
  await engine({ ...given, interval: 10_000, duration: 10 * MINUTE });
  const pauses = asked.slice(1).map((now, i) => now - (asked[i] as number));
  expect(pauses.length).toBeGreaterThan(5);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(MINUTE);
});

it('intervals without a call end no outage, however short they are', async () => {
  const from = BEGIN + 30 * MINUTE;
  const to = BEGIN + HOUR;
  const calls = ({ start, end }: Slot) =>
    steady({ start: start - 25_000, end })
      .filter(({ ts }) => (ts / 1_000) % 25 === 0)
      .map(({ ts }) => callAt({ ts, id: `n/${ts}`, status: ts >= from && ts < to ? 503 : 200 }));
  const { alerts } = await engine({
    stateDir,
    scopes: one(scripted(calls)),
    clock: new VirtualClock(BEGIN),
    interval: 10_000,
    duration: 1.5 * HOUR,
  });
  const errors = alerts.filter(({ category }) => category === 'errors');
  expect(told(errors)).toEqual(['errors.burn-rate firing', 'errors.burn-rate resolved']);
  const resolvedAt = Date.parse(errors[1]?.resolvedAt ?? '');
  expect(resolvedAt).toBeGreaterThanOrEqual(to - MINUTE);
  expect(resolvedAt).toBeLessThanOrEqual(to + 15 * MINUTE);
});

it('on a first day errors that go on when an hour ends do not become normal by that', async () => {
  const from = BEGIN + 100 * MINUTE;
  const to = BEGIN + 190 * MINUTE;
  const calls = (slot: Slot) =>
    steady(slot)
      .filter(({ ts }) => ts % 4_000 === 0)
      .map(({ ts }) => callAt({ ts, id: `n/${ts}`, status: ts >= from && ts < to ? 503 : 200 }));
  const scopes = one(scripted(calls));
  const clock = new VirtualClock(BEGIN);
  const { alerts } = await engine({ stateDir, scopes, clock, duration: 4.5 * HOUR });
  const errors = alerts.filter(({ category }) => category === 'errors');
  expect(new Set(errors.map(({ id }) => id)).size).toBe(1);
  expect(errors.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  const resolvedAt = Date.parse(errors[1]?.resolvedAt ?? '');
  expect(resolvedAt).toBeGreaterThanOrEqual(to);
  expect(resolvedAt).toBeLessThanOrEqual(to + 10 * MINUTE);
});

it('tells that a scope which was renamed is watched no more', async () => {
  const clock = new VirtualClock(BEGIN);
  const given = { stateDir, clock, once: true };
  expect((await engine({ ...given, scopes: one() })).warned).toEqual([]);
  const renamed = [{ name: 'everything', source: scripted(steady) }];
  const { warned } = await engine({ ...given, scopes: renamed });
  expect(warned).toEqual([expect.stringMatching(/^all: .* watched no more/)]);
});
