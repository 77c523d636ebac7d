import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runShop, type ShopRun } from '../../demo/shop.ts';

interface Recorded {
  readonly id: string;
  readonly ts: number;
  readonly latency_ms: number;
  readonly src: { readonly ip: string; readonly pod?: string };
  readonly dst: { readonly svc?: string; readonly pod?: string };
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

let folder: string;
let run: ShopRun;
let calls: Recorded[];
let parents: Map<string, string | null>;

async function lines<T>(file: string): Promise<T[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-'));
  run = await runShop({ requests: 200, warmup: 0, concurrency: 4, seed: 5, out: folder });
  calls = await lines(run.calls);
  const truth = await lines<{ child: string; parent: string | null }>(run.truth);
  parents = new Map(truth.map(({ child, parent }) => [child, parent]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the shop', () => {
  it('records each call once that its processes say they made, no more and no fewer', () => {
    const made = Object.values(run.made).reduce((sum, count) => sum + count, 0);
    expect(calls).toHaveLength(made + run.client.requests);
    expect(new Set(calls.map((call) => call.id)).size).toBe(calls.length);
    const pods = Map.groupBy(calls, (call) => call.src.pod ?? call.src.ip);
    for (const [process, count] of Object.entries(run.made)) {
      if (process !== 'kubelet') expect(pods.get(process)?.length ?? 0).toBe(count);
    }
  });

  it('sees every answer with the status that the client got', () => {
    const entries = calls.filter((call) => call.src.ip.startsWith('203.0.113.'));
    const seen = new Map<string, number>();
    for (const { status } of entries) seen.set(String(status), (seen.get(String(status)) ?? 0) + 1);
    expect(Object.fromEntries(seen)).toEqual(run.client.statuses);
  });

  it('knows the cause of each call: it was handled by the caller, and lasted longer', () => {
    const byId = new Map(calls.map((call) => [call.id, call]));
    expect([...parents.keys()].sort()).toEqual([...byId.keys()].sort());
    for (const child of calls) {
      const parent = byId.get(parents.get(child.id) ?? '');
      if (!parent) {
        expect(child.src.pod ?? 'none').toMatch(/^(none|fulfilment-|orders-)/);
        continue;
      }
      expect(parent.dst.pod).toBe(child.src.pod);
      expect(parent.ts).toBeLessThanOrEqual(child.ts);
      expect(parent.latency_ms).toBeGreaterThanOrEqual(child.latency_ms);
    }
  });

  it('asks the database once for a cart', () => {
    const carts = calls.filter(
      (call) => call.dst.svc === 'orders' && /^\/carts\/[^/]+$/.test(call.path),
    );
    const children = calls.filter((call) => carts.some((cart) => cart.id === parents.get(call.id)));
    expect(carts.length).toBeGreaterThan(10);
    expect(children).toHaveLength(carts.length);
  });

  it('lets no mark of the truth into the record', async () => {
    expect(await readFile(run.calls, 'utf8')).not.toMatch(/demo/i);
  });

  it('writes 64-bit connection ids digit by digit', async () => {
    const ids = (await readFile(run.calls, 'utf8')).matchAll(/"conn_id":(\d+)/g);
    const distinct = new Set([...ids].map(([, digits]) => digits ?? ''));
    expect(distinct.size).toBeGreaterThan(5);
    expect([...distinct].some((digits) => BigInt(digits) > 2n ** 53n)).toBe(true);
  });
});
