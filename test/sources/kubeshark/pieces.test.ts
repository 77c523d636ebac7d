import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallPages } from '../../../src/sources/kubeshark/call-page.ts';
import { DissectionWatch } from '../../../src/sources/kubeshark/dissection.ts';
import { HubClient } from '../../../src/sources/kubeshark/hub-client.ts';
import { HubFailure } from '../../../src/sources/kubeshark/hub-failure.ts';
import { scopeFilters } from '../../../src/sources/kubeshark/kfl.ts';
import { Pager } from '../../../src/sources/kubeshark/pager.ts';
import { findScope } from '../../../src/sources/kubeshark/scope.ts';
import type { ToolArguments, Transport } from '../../../src/sources/kubeshark/transport.ts';
import { silent } from '../../../src/support/progress.ts';
import { Hub } from '../../hub/hub.ts';
import { calls, minute } from './capturing.ts';

/** Back-off without the wait. */
vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** A Hub without a wire, whose answers can be bent. */
function wireless(
  hub: Hub,
  bend: (tool: string, args: ToolArguments) => ToolArguments = (_, args) => args,
): HubClient {
  const transport: Transport = {
    name: 'wireless',
    parallel: 4,
    tools: async () => hub.tools().map(({ name }) => ({ name, parameters: new Map() })),
    async call(tool, args) {
      const answer = await hub.call(tool, bend(tool, args));
      if (answer.kind !== 'result') throw new HubFailure('refused', answer.kind);
      return JSON.parse(answer.text);
    },
    download: async () => {},
    close: async () => {},
  };
  return new HubClient(transport, new AbortController().signal);
}

describe('the pager', () => {
  it('halves windows that take the Hub too long', async () => {
    const client = wireless(new Hub(calls(300)), (_tool, args) => {
      if (args.limit !== 1 && Number(args.end) - Number(args.start) > 20_000) {
        throw new HubFailure('timeout', 'no answer in time');
      }
      return args;
    });
    const pager = new Pager(new CallPages(client, undefined), 4, silent);
    const read = await all(pager.read(minute, []));
    expect(read.length).toBe(300);
    expect(pager.ledger.problems(pager.announced)).toEqual([]);
  });

  it('tells what it lost, and what is announced but not listed', async () => {
    const client = wireless(new Hub(calls(3000)), (_tool, args) => {
      const [from, to] = [Number(args.start), Number(args.end)];
      if (args.limit !== 1 && from <= minute.start + 30_000 && to >= minute.start + 30_000) {
        throw new HubFailure('garbage', 'the answer is not JSON');
      }
      return args;
    });
    const pager = new Pager(new CallPages(client, undefined), 4, silent);
    const read = await all(pager.read(minute, []));
    const [problem] = pager.ledger.problems(pager.announced);
    expect(read.length).toBeLessThan(3000);
    expect(problem?.message).toContain(
      `read ${read.length} of 3000 calls announced; ${3000 - read.length} missing (1 gap, first at`,
    );
    expect(problem?.message).toContain('the answer is not JSON');
  });

  it('ends with the failure when nothing can be read any more', async () => {
    const client = wireless(new Hub(calls(5000)), (_tool, args) => {
      if (args.limit !== 1) throw new HubFailure('unavailable', 'HTTP 503');
      return args;
    });
    const pager = new Pager(new CallPages(client, undefined), 4, silent);
    await expect(all(pager.read(minute, []))).rejects.toThrow('HTTP 503');
  });
});

it('takes the dialect of the filter that this Hub understands', async () => {
  const client = wireless(new Hub(calls(100)), (_tool, args) => {
    return String(args.kfl).includes('in namespaces') ? { ...args, kfl: 'unknown' } : args;
  });
  const pages = new CallPages(client, undefined);
  const dialects = scopeFilters({ route: 'auto', namespace: ['shop'] });
  const scope = await findScope(pages, minute, dialects);
  expect(scope).toEqual({ kfl: dialects[1], problems: [] });
});

it('dissection that switches itself off is switched on again, and remembered', async () => {
  vi.useFakeTimers();
  const hub = new Hub(calls(10), { dissection: false });
  const watch = new DissectionWatch(wireless(hub), undefined);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(watch.foundOff).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2000);
  expect(watch.foundOff).toBeDefined();
  expect(hub.served.get('enable_dissection')).toBe(1);
  watch.stop();
});

afterEach(() => {
  vi.useRealTimers();
});
