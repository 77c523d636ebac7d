import { expect, it } from 'vitest';
import { Hub } from './hub.ts';
import { type Arriving, MovingRecording } from './moving-recording.ts';
import { serve } from './serve.ts';
import { syntheticCalls } from './synthetic.ts';

const STEP = 60_000;
/** Ten calls a minute; the last of each comes a minute and a half late. */
const made = (start: number): Arriving[] =>
  syntheticCalls({ calls: 10, start, span: STEP, seed: start }).map((record, i) => ({
    record: { ...record, id: `node1/${start}/${i}` },
    at: record.ts + (i === 9 ? 1.5 * STEP : 10),
  }));

it('holds what time has brought, and late calls when they have come', async () => {
  let now = 10 * STEP - 1;
  const moving = { now: () => now, retention: 5 * STEP, begin: 0, step: STEP, made };
  const hub = new Hub(new MovingRecording(moving));
  const count = async (start: number, end: number) => {
    const answer = await hub.call('list_api_calls', { start, end, limit: 1 });
    return (JSON.parse((answer as { text: string }).text) as { total: number }).total;
  };
  expect(await count(8 * STEP, 9 * STEP - 1)).toBe(9);
  expect(await count(0, 5 * STEP - 1)).toBe(0);
  expect(await count(0, 20 * STEP)).toBe(48);
  now = 12 * STEP;
  expect(await count(8 * STEP, 9 * STEP - 1)).toBe(10);
  expect(await count(0, 8 * STEP - 1)).toBe(10);
  const held = await hub.call('get_l7_data_boundaries', {});
  const { cluster } = JSON.parse((held as { text: string }).text);
  expect(cluster.oldest_ts).toBeGreaterThanOrEqual(7 * STEP);
  now = 1000 * STEP;
  expect(await count(0, now)).toBe(48);
});

it('refuses, drops, answers garbage and asks for another token as it is told', async () => {
  let state: 'up' | 'dropping' | 'garbage' | 'expired' = 'up';
  const serving = await serve(new Hub([], { state: () => state }));
  const ask = async () => {
    const response = await fetch(`${serving.url}/api/mcp`);
    return `${response.status} ${(await response.text()).slice(0, 7)}`;
  };
  try {
    expect(await ask()).toBe('200 {"name"');
    state = 'garbage';
    expect(await ask()).toBe('200 <html><');
    state = 'expired';
    expect(await ask()).toBe('401 {"error');
    state = 'dropping';
    await expect(ask()).rejects.toThrow();
    state = 'up';
    await serving.close();
    await expect(ask()).rejects.toThrow();
    await serving.reopen();
    expect(await ask()).toBe('200 {"name"');
  } finally {
    await serving.close();
  }
});
