import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING } from '../../src/commands/config/config.ts';
import { toInputs } from '../../src/commands/inputs.ts';
import { run } from '../../src/commands/monitor.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { encodeProfile } from '../../src/profile/codec.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { parseRecord } from '../../src/sources/record.ts';
import { type HubRecord, parseHubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateNdjson, generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';

/** Half past nine, a whole interval. */
const BEGIN = Date.UTC(2026, 10, 2, 9, 30);
const INTERVAL = 60_000;
let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'monitor-'));
});
afterEach(() => rm(state, { recursive: true }));

/** Ten minutes of a shop. */
const records: readonly HubRecord[] = generateNdjson({
  seed: 1,
  requests: 600,
  every: 1_000,
  start: BEGIN,
})
  .trim()
  .split('\n')
  .map(parseHubRecord);

function given(url: string, more: Partial<Record<OptionName, string>> = {}) {
  return { 'kubeshark-url': url, state, once: 'true', interval: '1m', json: 'true', ...more };
}

const at = (minutes: number) => String(BEGIN + minutes * INTERVAL - 1);

async function stateOf(scope = 'all', dir = state) {
  const bytes = await readFile(join(dir, 'scopes', scope, 'state.json.zst'));
  return JSON.parse(zstdDecompressSync(bytes).toString()) as {
    judgedTo: number;
    learnedTo: number;
    learned: { open: { observed: number; operations: { counts: number[] }[] }[] };
  };
}

/** Calls in the hour that runs. */
async function learnedCalls(scope?: string, dir?: string): Promise<number> {
  const { learned } = await stateOf(scope, dir);
  const all = learned.open.flatMap(({ operations }) => operations);
  return all.reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0);
}

function callsBefore(minutes: number): number {
  const profiler = new Profiler({ owns: (ts) => ts < BEGIN + minutes * INTERVAL });
  for (const record of records) profiler.push(parseRecord(record));
  return profiler.finish().capture.calls;
}

describe('monitor --once', () => {
  it('judges what came since the last time, each call once, and learns it', async () => {
    await using hub = await hubWith(records, { duplicates: 0.1 });
    const first = commandIO();
    const start = String(BEGIN);
    const outcome = await run(inputsOf('monitor', given(hub.url, { start, end: at(3) })), first.io);
    expect(outcome.exitCode).toBe(0);
    expect(first.noted.join('\n')).toContain('3 intervals');
    expect(await stateOf()).toMatchObject({
      judgedTo: BEGIN + 3 * INTERVAL,
      learnedTo: BEGIN + 0 * INTERVAL,
    });
    // Minutes later the first three are final, and all others as well that lie three minutes back.
    const second = commandIO();
    await run(inputsOf('monitor', given(hub.url, { end: at(9) })), second.io);
    expect(second.noted.join('\n')).toContain('6 intervals');
    expect(await stateOf()).toMatchObject({
      judgedTo: BEGIN + 9 * INTERVAL,
      learnedTo: BEGIN + 6 * INTERVAL,
    });
    expect(await learnedCalls()).toBe(callsBefore(6));
  });

  it('counts late calls in their own time', async () => {
    const late = records.filter((_, i) => i % 7 === 0);
    const rest = records.filter((_, i) => i % 7 !== 0);
    await using hub = await hubWith(rest);
    const start = String(BEGIN);
    await run(inputsOf('monitor', given(hub.url, { start, end: at(3) })), commandIO().io);
    hub.hub.recording.add(late);
    await run(inputsOf('monitor', given(hub.url, { end: at(9) })), commandIO().io);
    expect(await learnedCalls()).toBe(callsBefore(6));
  });

  it('watches several scopes apart', async () => {
    await using hub = await hubWith(records);
    const scope = (name: string, workload: string) => {
      return { name, workload: [workload], namespace: undefined, kfl: undefined };
    };
    const scopes = [scope('orders-only', 'orders'), scope('stock', 'inventory')];
    const texts = new Map(
      Object.entries(given(hub.url, { start: String(BEGIN), end: at(9) })) as [
        OptionName,
        string,
      ][],
    );
    const inputs = toInputs('monitor', {
      given: texts,
      captures: [],
      env: {},
      config: { ...NOTHING, monitor: { ...NOTHING.monitor, scopes } },
    });
    await run(inputs, commandIO().io);
    expect((await readdir(join(state, 'scopes'))).sort()).toEqual(['orders-only', 'stock']);
    const [orders, stock] = [await learnedCalls('orders-only'), await learnedCalls('stock')];
    expect(orders).toBeGreaterThan(0);
    expect(stock).toBeGreaterThan(0);
    expect(orders + stock).toBeLessThan(2 * callsBefore(6));
  });

  it("begins with what a gate's baseline knows", async () => {
    const profiler = new Profiler({ oneCapture: true });
    for (const record of generateRecords({ seed: 2, start: BEGIN - 7 * 86_400_000 })) {
      profiler.push(parseRecord(record));
    }
    const baseline = join(state, 'baseline.json');
    await writeFile(baseline, encodeProfile(profiler.finish()));
    await using hub = await hubWith(records);
    const more = { start: String(BEGIN), end: at(1), baseline };
    await run(inputsOf('monitor', given(hub.url, more)), commandIO().io);
    const kept = JSON.stringify((await stateOf()).learned);
    expect(kept).toContain('orders GET /api/orders/{id}');
    const [open] = (await stateOf()).learned.open;
    expect(open?.operations.length).toBeGreaterThan(5);
  });

  it('a Hub that is not there is an error, and no alert is lost by it', async () => {
    const inputs = inputsOf('monitor', given('http://127.0.0.1:9', { end: at(3) }));
    await expect(run(inputs, commandIO().io)).rejects.toMatchObject({ exitCode: 3 });
  });

  it('intervals without a single call are inconclusive', async () => {
    const [first] = records;
    const later = { ...(first as HubRecord), ts: BEGIN + 86_400_000, id: 'later' };
    await using hub = await hubWith([first as HubRecord, later]);
    const more = { start: String(BEGIN + 5 * INTERVAL), end: at(7) };
    const { exitCode } = await run(inputsOf('monitor', given(hub.url, more)), commandIO().io);
    expect(exitCode).toBe(4);
  });

  it.each([
    [{ interval: '5s' }, /at least 10s/],
    [{ for: '1h' }, /--once does not go with --for/],
    [{ once: 'false', end: at(3) }, /--end goes with --once only/],
    [{ once: 'false', window: '10m' }, /--window goes with --once only/],
  ] as const)('refuses %j', async (more, message) => {
    const inputs = inputsOf('monitor', given('http://127.0.0.1:9', more));
    await expect(run(inputs, commandIO().io)).rejects.toThrow(message);
  });
});
