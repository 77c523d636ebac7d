import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HourFiles } from '../../../src/monitor/learned/hour-files.ts';
import { Learned } from '../../../src/monitor/learned/learned.ts';
import { DAY_MS, HOUR_MS, type Slot, slotAt } from '../../../src/monitor/slot.ts';
import { callAt } from '../calls.ts';
import { viewOf } from '../views.ts';

const MONDAY = Date.UTC(2026, 10, 2);
const INTERVAL = 1_800_000;
const warnings: string[] = [];
let dir: string;

beforeEach(async () => {
  warnings.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'learned-'));
});
afterEach(() => rm(dir, { recursive: true }));

const open = (where = dir) => HourFiles.open(where, (line) => warnings.push(line));

/** Calls of a slot: ten an hour of the day, every tenth fails. */
function slotView(slot: Slot) {
  const hour = new Date(slot.start).getUTCHours();
  const calls = Array.from({ length: 5 * (hour + 1) }, (_, i) =>
    callAt({
      id: `n/${slot.start}/${i}`,
      ts: slot.start + i * 1_000,
      status: i % 10 === 9 ? 503 : 200,
      latency: 10 + hour,
    }),
  );
  return viewOf(slot, calls);
}

async function learnDays(learned: Learned, from: number, days: number) {
  for (let ts = from; ts < from + days * DAY_MS; ts += INTERVAL) {
    await learned.learn(slotView(slotAt(ts, INTERVAL)));
  }
}

async function filesOf(where: string): Promise<Record<string, string>> {
  const names = (await readdir(where)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(where, name), 'base64')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] as string]));
}

describe('what was learned', () => {
  it('says how much it knows, and looks at the hours that are most like now', async () => {
    const learned = new Learned(await open());
    expect((await learned.normal(slotAt(MONDAY, INTERVAL))).words).toBe('0 of 7 days');
    await learnDays(learned, MONDAY, 2);
    const tuesdayNight = await learned.normal(slotAt(MONDAY + 2 * DAY_MS, INTERVAL));
    expect(tuesdayNight.words).toBe('2 of 7 days');
    const operation = 'orders GET /orders/{id}';
    const noon = await learned.normal(slotAt(MONDAY + 2 * DAY_MS + 12 * HOUR_MS, INTERVAL));
    const usual = noon.usual(operation);
    expect(usual?.likeness).toBe('hour-of-day');
    // 12 to 13 o'clock has 130 calls, the hour before 120: the first half hour lies between them.
    expect(usual?.callsAnHour).toBeCloseTo(127.5, 3);
    expect(usual?.failureShare).toBeCloseTo(0.1, 1);
    expect(usual?.latency(0.5)).toBeGreaterThan(20);
    await learnDays(learned, MONDAY + 2 * DAY_MS, 5);
    const nextWeek = await learned.normal(slotAt(MONDAY + 7 * DAY_MS, INTERVAL));
    expect(nextWeek.words).toBe('7 of 7 days');
    expect(nextWeek.usual(operation)?.likeness).toBe('hour-of-week');
    expect(nextWeek.edge('web', 'orders')?.first).toBe(MONDAY);
    expect(nextWeek.edge('orders', 'web')).toBeUndefined();
    expect(learned.callees('web')).toEqual(new Set(['orders']));
  });

  it('an operation that is never called at this hour is expected never', async () => {
    const learned = new Learned(await open());
    await learnDays(learned, MONDAY, 1);
    const slot = slotAt(MONDAY + DAY_MS, INTERVAL);
    const nightly = callAt({ ts: slot.start, path: '/reports' });
    await learned.learn(viewOf(slot, [nightly]));
    const noon = await learned.normal(slotAt(MONDAY + DAY_MS + 12 * HOUR_MS, INTERVAL));
    expect(noon.usual('orders GET /reports')?.callsAnHour).toBe(0);
  });

  it('no call is expected near the turn of an hour that never had any', async () => {
    const learned = new Learned(await open());
    for (let ts = MONDAY; ts < MONDAY + DAY_MS; ts += INTERVAL) {
      const slot = slotAt(ts, INTERVAL);
      const isNight = new Date(ts).getUTCHours() < 5;
      await learned.learn(isNight ? viewOf(slot, []) : slotView(slot));
    }
    const expected = async (minutes: number) => {
      const slot = slotAt(MONDAY + DAY_MS + minutes * 60_000, INTERVAL / 6);
      return (await learned.normal(slot)).usual('orders GET /orders/{id}')?.callsAnHour;
    };
    expect(await Promise.all([0, 10, 4 * 60 + 50].map(expected))).toEqual([0, 0, 0]);
    expect(await expected(5 * 60 + 50)).toBeCloseTo(60);
    // In the first half of it they may not have begun yet.
    expect(await expected(5 * 60)).toBeLessThan(60);
  });

  it('a capture that lacks calls teaches no volumes', async () => {
    const learned = new Learned(await open());
    const slot = slotAt(MONDAY, INTERVAL);
    const problem = { code: 'incomplete', message: 'pages were lost' } as const;
    await learned.learn({ ...slotView(slot), problems: [problem] });
    await learned.learn(slotView(slotAt(MONDAY + HOUR_MS, INTERVAL)));
    const later = await learned.normal(slotAt(MONDAY + 2 * HOUR_MS, INTERVAL));
    expect(later.usual('orders GET /orders/{id}')?.hours.map(({ start }) => start)).toEqual([
      MONDAY + HOUR_MS,
    ]);
    expect(later.edge('web', 'orders')?.first).toBe(MONDAY);
  });

  it('is the same, to the byte, when it is taken up again after any slot', async () => {
    const whole = new Learned(await open(join(dir, 'whole')));
    let broken = new Learned(await open(join(dir, 'broken')));
    for (let ts = MONDAY; ts < MONDAY + DAY_MS; ts += INTERVAL) {
      await whole.learn(slotView(slotAt(ts, INTERVAL)));
      await broken.learn(slotView(slotAt(ts, INTERVAL)));
      const kept = JSON.parse(JSON.stringify(broken.toJSON()));
      broken = Learned.fromJSON(kept, await open(join(dir, 'broken')));
    }
    expect(JSON.stringify(broken.toJSON())).toBe(JSON.stringify(whole.toJSON()));
    const files = await filesOf(join(dir, 'whole'));
    expect(Object.keys(files)).toHaveLength(23);
    expect(await filesOf(join(dir, 'broken'))).toEqual(files);
  });

  it('keeps five weeks', async () => {
    const files = await open();
    const learned = new Learned(files);
    await learnDays(learned, MONDAY, 1);
    await learned.forget(MONDAY + 36 * DAY_MS);
    expect(files.starts(Number.POSITIVE_INFINITY)).toEqual([]);
    expect(await readdir(dir)).toEqual([]);
    const later = await learned.normal(slotAt(MONDAY + 36 * DAY_MS, INTERVAL));
    expect(later.edge('web', 'orders')).toBeUndefined();
  });

  it('leaves out an hour that can not be read, and says so once', async () => {
    const learned = new Learned(await open());
    await learnDays(learned, MONDAY, 1);
    const [name] = await readdir(dir);
    await writeFile(join(dir, name as string), 'no gzip');
    const again = Learned.fromJSON(JSON.parse(JSON.stringify(learned.toJSON())), await open());
    for (const hour of [0, 1])
      await again.normal(slotAt(MONDAY + DAY_MS + hour * HOUR_MS, INTERVAL));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(name);
  });
});
