import { describe, expect, it } from 'vitest';
import { type HubOptions, noFaults } from '../../hub/hub-options.ts';
import { syntheticCalls } from '../../hub/synthetic.ts';
import { calls, capture, codes, hubWith, identity, minute, start } from './capturing.ts';

const tenMinutes = { start, end: start + 599_999 };

/** Calls of which 4,000 come `within` so many ms; a tenth is seen by two nodes. */
const busy = (count: number, within: number) =>
  syntheticCalls({
    calls: count,
    start,
    span: 600_000,
    burst: { calls: 4000, at: start + 300_000, within },
  });

const faults = {
  ...noFaults,
  unavailable: 0.03,
  dropped: 0.02,
  garbage: 0.02,
  slow: 0.02,
  slowBy: 50,
  repeated: 0.02,
  lying: 0.02,
};

/** Every record the Hub holds was read once, or the capture says that calls are missing. */
async function expectOnce(count: number, within: number, options: Partial<HubOptions>) {
  await using hub = await hubWith(busy(count, within), { duplicates: 0.1, ...options });
  const captured = await capture({ url: hub.url }, tenMinutes);
  const read = captured.calls.map(identity);
  expect(new Set(read).size).toBe(read.length);
  expect(captured.calls.every(({ ts }, i, all) => ts >= (all[i - 1]?.ts ?? 0))).toBe(true);
  const held = hub.hub.recording.records(true).length;
  if (captured.problems.length === 0) expect(read.length).toBe(held);
  else expect(codes(captured)).toEqual(['incomplete']);
  return { read: read.length, held };
}

describe.concurrent('a busy capture over a Hub full of faults', () => {
  it('50,000 calls, 4,000 of them within one second', async () => {
    const { read, held } = await expectOnce(50_000, 1000, { faults });
    expect(held).toBeGreaterThan(54_000);
    expect(read).toBe(held);
  });

  it('50,000 calls, 4,000 of them within one millisecond', async () => {
    const { read, held } = await expectOnce(50_000, 1, { faults: { ...faults, seed: 2 } });
    expect(read).toBe(held);
  });

  it('where totals only repeat the length of the page', async () => {
    await expectOnce(10_000, 1, { total: 'returned', faults: { ...faults, seed: 3 } });
  });
});

describe.concurrent('what the documents leave open is learned', () => {
  it.each([
    ['an end that does not belong to the window', { endInclusive: false }],
    ['pages shorter than asked for', { pageLimit: 100 }],
    [
      'both, and totals that say nothing',
      { endInclusive: false, pageLimit: 100, total: 'returned' },
    ],
  ] as const)('%s', async (_name, options) => {
    const records = calls(3000);
    await using hub = await hubWith(records, options);
    const captured = await capture({ url: hub.url });
    expect(captured.problems).toEqual([]);
    expect(captured.calls.length).toBe(3000);
  });

  it('calls that arrive late are waited for', async () => {
    await using hub = await hubWith(calls(1500), { late: 0.1, lateBy: 1200 });
    const captured = await capture({ url: hub.url });
    expect(captured.problems).toEqual([]);
    expect(captured.calls.length).toBe(1500);
  });
});

it('says how many calls of one millisecond could not be told apart', async () => {
  const [model] = calls(1);
  const alike = Array.from({ length: 1500 }, (_, i) => ({ ...model, id: `node1/${i}/0` }));
  const node = { ts: start, node_id: 'node1', src: {}, dst: {}, path: '/', method: 'GET' };
  const same = { ...node, proto: 'http', status: 200, latency_ms: 1 };
  await using hub = await hubWith(alike.map(({ id }) => ({ ...same, id })));
  const captured = await capture({ url: hub.url });
  expect(captured.calls.length).toBe(1000);
  expect(captured.problems).toContainEqual({
    code: 'incomplete',
    message:
      'read 1000 of 1500 calls announced; 500 missing (1 gap, first at ' +
      '2025-06-15T15:06:40.000Z: too many calls in one millisecond for the Hub to list)',
  });
});

it('counts records that cannot be read, and goes on', async () => {
  const records = calls(10).map((record, i) => (i === 4 ? { ...record, proto: 7 } : record));
  await using hub = await hubWith(records);
  const captured = await capture({ url: hub.url }, minute);
  expect(captured.calls.length).toBe(9);
  expect(captured.bad).toEqual(['proto: missing or of another kind']);
});
