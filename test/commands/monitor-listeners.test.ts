import { afterEach, beforeEach, expect, it } from 'vitest';
import { openListeners } from '../../src/commands/monitor-listeners.ts';
import type { SinkCounts } from '../../src/monitor/alerts/outbox.ts';
import type { StatusData } from '../../src/report/monitor/status-data.ts';
import { commandIO, inputsOf } from '../support/running.ts';

let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
});
afterEach(() => stop.abort());

const counts = (pending: number, failing?: SinkCounts['failing']): SinkCounts => {
  return { delivered: 1, refused: 0, dropped: 0, pending, failing };
};

it('the page tells what waits for each receiver of all scopes, and since when one takes nothing', async () => {
  const { io, noted } = commandIO();
  const inputs = inputsOf('monitor', { listen: '127.0.0.1:0' });
  const listeners = await openListeners(inputs, 60_000, { ...io, signal: stop.signal });
  const url = /status page at (\S+)/.exec(noted.join('\n'))?.[1];
  const round = (scope: string, outbox: Readonly<Record<string, SinkCounts>>) => {
    for (const listener of listeners) listener.round?.(scope, new Map(Object.entries(outbox)));
  };
  const later = { since: Date.UTC(2026, 10, 2, 10), reason: 'answered 503' };
  const first = { since: Date.UTC(2026, 10, 2, 9), reason: 'no answer (ECONNREFUSED)' };
  round('shop', { hook: counts(2, later), slack: counts(0) });
  round('stock', { hook: counts(1, first), slack: counts(0) });
  const shown = async () => {
    const status = (await (await fetch(`${url}/status.json`)).json()) as StatusData;
    return status.sinks;
  };
  expect(await shown()).toEqual([
    {
      name: 'hook',
      waiting: 3,
      failing: { since: '2026-11-02T09:00:00.000Z', reason: 'no answer (ECONNREFUSED)' },
    },
    { name: 'slack', waiting: 0, failing: null },
  ]);
  round('shop', { hook: counts(0), slack: counts(0) });
  round('stock', { hook: counts(0), slack: counts(0) });
  expect((await shown()).map(({ failing }) => failing)).toEqual([null, null]);
});
