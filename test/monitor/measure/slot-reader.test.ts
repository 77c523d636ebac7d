import { describe, expect, it } from 'vitest';
import { OperationNaming } from '../../../src/monitor/measure/operation-naming.ts';
import { SlotReader } from '../../../src/monitor/measure/slot-reader.ts';
import { slotAt } from '../../../src/monitor/slot.ts';
import { callAt } from '../calls.ts';
import { viewOf } from '../views.ts';

const START = Date.UTC(2026, 10, 2, 9);
const slot = slotAt(START, 300_000);
const OPERATION = 'orders GET /orders/{id}';

describe('a slot', () => {
  it('counts its own calls, once each, whichever node saw them', () => {
    const first = callAt({ ts: slot.start, id: 'node1/1/0' });
    const view = viewOf(slot, [
      callAt({ ts: slot.start - 1 }),
      first,
      { ...first, id: 'node2/9/0', node: 'node2' },
      callAt({ ts: slot.end, status: 503 }),
      callAt({ ts: slot.end + 1 }),
    ]);
    expect(view.calls).toBe(2);
    const measure = view.operations.get(OPERATION);
    expect(measure).toMatchObject({ calls: 2, failures: 1, rejections: 0, bytes: 600 });
    expect(measure?.callers.get('web')).toBe(2);
    expect(measure?.failedCallers.get('web')).toBe(1);
    expect(measure?.latency.count).toBe(1);
  });

  it('shows calls that failed, the slowest, and some of each caller', () => {
    const calls = Array.from({ length: 20 }, (_, i) =>
      callAt({
        id: `n/${i}`,
        ts: slot.start + i * 1_000,
        from: i % 2 === 0 ? 'web' : 'jobs',
        status: i < 5 ? 500 : 200,
        latency: i,
      }),
    );
    const shown = viewOf(slot, calls).shown(OPERATION);
    expect(shown.failed.map(({ callId }) => callId)).toEqual(['n/0', 'n/1', 'n/2']);
    expect(shown.slowest.map(({ latency }) => latency)).toEqual([19, 18, 17]);
    expect([...shown.byCaller].map(([caller, some]) => [caller, some.length])).toEqual([
      ['web', 3],
      ['jobs', 3],
    ]);
  });

  it('a call without an answer has failed; one that was declined has not', () => {
    const view = viewOf(slot, [
      callAt({ ts: START, status: 404 }),
      { ...callAt({ ts: START + 1 }), status: undefined, latency: undefined },
    ]);
    expect(view.operations.get(OPERATION)).toMatchObject({ failures: 1, rejections: 1 });
  });

  it('tells the revisions that served', () => {
    expect(viewOf(slot, [callAt({ ts: START })]).revisions.get('orders')).toEqual(
      new Set(['5f6b7c8d9f']),
    );
  });

  it('tells as what the pods of an owner with another name serve', () => {
    const call = callAt({ ts: START });
    const green = { ...call.dst, pod: 'orders-green-5f6b7c8d9f-abcde' };
    const { servesAs } = viewOf(slot, [call, { ...call, id: 'n/2', ts: START + 1, dst: green }]);
    expect(servesAs).toEqual(new Map([['orders-green', 'orders']]));
  });

  it('a family with too many operations is one, in this slot and all that follow', () => {
    const naming = new OperationNaming();
    const word = (i: number) => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const read = (from: number, count: number) => {
      const reader = new SlotReader(slot, naming);
      for (let i = from; i < from + count; i++) {
        reader.push({ kind: 'call', call: callAt({ ts: START + i, path: `/tags/${word(i)}x` }) });
      }
      const view = reader.finish({ problems: [], flows: undefined });
      naming.learn(reader.served());
      return [...view.operations].map(([name, { calls }]) => [name, calls]);
    };
    expect(read(100, 60)).toHaveLength(60);
    read(200, 60);
    expect(read(300, 5)).toEqual([['orders GET {any}', 5]]);
    const kept = new OperationNaming(JSON.parse(JSON.stringify(naming.toJSON())));
    expect(kept.toJSON()).toEqual(naming.toJSON());
  });

  it('a scan hides no operation that is known, and teaches none', () => {
    const naming = new OperationNaming();
    const read = (paths: readonly string[], status: number) => {
      const reader = new SlotReader(slot, naming);
      const all = paths.map((path, i) => callAt({ ts: START + i, path, status }));
      for (const call of [...all, callAt({ ts: START + 9_999 })])
        reader.push({ kind: 'call', call });
      const view = reader.finish({ problems: [], flows: undefined });
      naming.learn(reader.served());
      return [...view.operations].map(([name, { calls }]) => [name, calls]);
    };
    const letters = [...'abcdefghijkl'];
    const scanned = letters.flatMap((a) => letters.map((b) => `/${a}${b}x.php`));
    expect(read([], 200)).toEqual([[OPERATION, 1]]);
    expect(read(scanned, 404)).toEqual([
      [OPERATION, 1],
      ['orders GET {any}', scanned.length],
    ]);
    expect(JSON.stringify(naming.toJSON())).not.toContain('.php');
  });

  it('measures so many operations and no more, those that are known before others', () => {
    const naming = new OperationNaming();
    let told = 0;
    const read = (hosts: number, known: boolean) => {
      const reader = new SlotReader(slot, naming, { onCall: () => told++ });
      const some = Array.from({ length: hosts }, (_, i) => callAt({ ts: START + i, to: `h${i}` }));
      const last = known ? [callAt({ ts: START + 9_999 })] : [];
      for (const call of [...some, ...last]) reader.push({ kind: 'call', call });
      const view = reader.finish({ problems: [], flows: undefined });
      naming.learn(reader.served());
      return view;
    };
    read(0, true);
    expect(read(6_000, true)).toMatchObject({ calls: 6_001, unmeasured: 1_000 });
    const view = read(6_000, true);
    expect(view.operations.size).toBe(5_001);
    expect(view.operations.get(OPERATION)?.calls).toBe(1);
    expect(view.profile.families).toHaveLength(5_001);
    expect(told).toBe(12_003);
  });
});
