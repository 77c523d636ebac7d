import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import type { Capture } from '../../src/calls/observation.ts';
import { profileWindows } from '../../src/profile/profile-windows.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

describe('a capture that is read', () => {
  const source = (calls: readonly Call[], given: Partial<Capture> = {}): Capture => ({
    batches: (async function* () {
      for (const one of calls) yield [{ kind: 'call' as const, call: one }];
    })(),
    problems: [{ code: 'incomplete', message: 'lost' }],
    ...given,
  });
  const at = (...times: number[]) => times.map((ts) => call({ to: 'orders', ts }));

  it('has its problems, and the window that was asked for', async () => {
    const { capture } = await profileCapture(source(at(5, 9), { window: { start: 1, end: 20 } }), {
      oneCapture: true,
    });
    expect(capture.calls).toBe(2);
    expect(capture.problems).toEqual([{ code: 'incomplete', message: 'lost' }]);
    expect(capture.windows.known).toEqual([{ start: 1, end: 20 }]);
  });

  it('is one window where it is one capture, else none is known', async () => {
    const one = await profileCapture(source(at(5, 9)), { oneCapture: true });
    expect(one.capture.windows.known).toEqual([{ start: 5, end: 9 }]);
    expect((await profileCapture(source(at(5, 9)))).capture.windows.known).toEqual([]);
    const none = await profileCapture(source([]), { oneCapture: true });
    expect(none.capture.windows.known).toEqual([]);
  });

  it('gives each window its own calls, both ends included, and the problems', async () => {
    const far = 10_000_000;
    const spans = [
      { start: 5, end: 9 },
      { start: far, end: far + 10 },
    ];
    const profiles = await profileWindows(source(at(4, 5, 9, 10, far, far + 11)), spans);
    expect(profiles.map(({ capture }) => capture.calls)).toEqual([2, 1]);
    expect(profiles.map(({ capture }) => capture.windows.known)).toEqual(spans.map((one) => [one]));
    expect(profiles.map(({ capture }) => capture.problems.length)).toEqual([1, 1]);
  });
});
