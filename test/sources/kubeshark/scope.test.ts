import { describe, expect, it } from 'vitest';
import { noFaults } from '../../hub/hub-options.ts';
import type { HubRecord } from '../../hub/record.ts';
import { calls, capture, codes, hubWith, start } from './capturing.ts';

const records = calls(600);
const touching = (service: string) =>
  records.filter(({ src, dst }) => src.svc === service || dst.svc === service).length;

describe.concurrent('which calls are asked for', () => {
  it('those of a workload, by service or by pod', async () => {
    const podsOnly = records.map((record) => {
      const { svc: _, ...src } = record.src;
      return { ...record, src };
    });
    for (const source of [records, podsOnly]) {
      await using hub = await hubWith(source);
      const captured = await capture({ url: hub.url, workload: ['orders'] });
      expect(captured.problems).toEqual([]);
      expect(captured.calls.length).toBe(touching('orders'));
    }
  });

  it('those of a namespace that match an expression as well', async () => {
    await using hub = await hubWith(records);
    const kfl = 'http && method == "POST" // writes only';
    const captured = await capture({ url: hub.url, namespace: ['shop'], kfl });
    expect(captured.problems).toEqual([]);
    expect(captured.calls.length).toBe(records.filter(({ method }) => method === 'POST').length);
  });

  it.each([
    ['a misspelt workload', { workload: ['ordesr'] }],
    ['a misspelt field', { kfl: 'http && status == 200' }],
  ])('%s is told apart from silence', async (_name, options) => {
    await using hub = await hubWith(records);
    const captured = await capture({ url: hub.url, ...options });
    expect(captured.calls).toEqual([]);
    expect(codes(captured)).toEqual(['no-calls']);
    expect(captured.problems[0]?.message).toContain('matches none of the 600 or more calls');
  });

  it('an expression that the Hub declines ends the capture', async () => {
    await using hub = await hubWith(records);
    await expect(capture({ url: hub.url, kfl: 'http &&' })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('invalid KFL'),
    });
  });
});

describe.concurrent('bodies that lists cut short', () => {
  const long = JSON.stringify({ text: 'x'.repeat(5000) });
  const many = records.map((record) => ({ ...record, path: '/same', resp_body: long }));

  it.each(['get_api_call', 'get_api_call_details'])('come whole through %s', async (detailTool) => {
    await using hub = await hubWith(many, { detailTool, preview: 1000 });
    const captured = await capture({ url: hub.url });
    const whole = captured.calls.filter(({ responseBody }) => responseBody.state === 'whole');
    const groups = new Set(
      captured.calls.map(({ dst, method, status }) => `${dst.workload.name} ${method} ${status}`),
    );
    expect(captured.problems).toEqual([]);
    expect(whole.length).toBeGreaterThan(100);
    expect(whole.length).toBeLessThanOrEqual(groups.size * 40);
    expect(hub.hub.served.get(detailTool)).toBe(whole.length);
  });

  it('stay unknown without a detail tool, and the capture says so', async () => {
    await using hub = await hubWith(many, { without: ['get_api_call'], preview: 1000 });
    const captured = await capture({ url: hub.url });
    expect(captured.calls.every(({ responseBody }) => responseBody.state === 'cut')).toBe(true);
    expect(codes(captured)).toEqual(['bodies-unknown']);
    expect(captured.problems[0]?.message).toContain('600 calls have bodies cut short');
  });
});

describe.concurrent('flows without calls', () => {
  const flow = (client: string, server: string, pkts = 5000) => ({
    proto: 'tcp',
    client: { ip: '10.0.0.1', pod: `${client}-6d4b75cb6d-hx2vq`, ns: 'shop', svc: client },
    server: {
      ip: '10.0.0.2',
      port: 9000,
      pod: `${server}-6d4b75cb6d-hx2vq`,
      ns: 'shop',
      svc: server,
    },
    totals: { pkts, bytes: pkts * 500, pps: 0, bps: 0 },
  });

  it('between workloads in scope are a problem', async () => {
    await using hub = await hubWith(records, { flows: [flow('orders', 'ledger')] });
    const captured = await capture({ url: hub.url, workload: ['orders'] });
    expect(codes(captured)).toEqual(['undissected-flows']);
    expect(captured.problems[0]?.message).toContain('orders → ledger');
  });

  it('are understood where calls between the same workloads came at another time', async () => {
    const before = { ...records[0], id: 'node1/early/0', ts: start - 3_600_000 } as HubRecord;
    const pair = { ...before, src: { ...before.src, svc: 'orders' }, dst: { svc: 'ledger' } };
    await using hub = await hubWith([pair, ...records], { flows: [flow('orders', 'ledger')] });
    const captured = await capture({ url: hub.url, workload: ['orders'] });
    expect(captured.problems).toEqual([]);
  });

  it('are none of ours elsewhere, when tiny, or to the outside', async () => {
    const outside = { ...flow('orders', 'x'), server: { ip: '8.8.8.8', port: 53 } };
    const flows = [flow('billing', 'ledger'), flow('orders', 'ledger', 4), outside];
    await using hub = await hubWith(records, { flows });
    const captured = await capture({ url: hub.url, workload: ['orders'] });
    expect(captured.problems).toEqual([]);
  });
});

it('goes on without details that fail', async () => {
  const faults = { ...noFaults, seed: 5, garbage: 0.1, dropped: 0.05 };
  const cut = records.map((record) => ({ ...record, resp_body: `"${'y'.repeat(3000)}"` }));
  await using hub = await hubWith(cut, { faults });
  const captured = await capture({ url: hub.url, route: 'snapshot' });
  expect(captured.calls.length).toBe(600);
});
