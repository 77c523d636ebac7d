import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CallPages } from '../../../src/sources/kubeshark/call-page.ts';
import { HubApi } from '../../../src/sources/kubeshark/hub-api.ts';
import { HubClient } from '../../../src/sources/kubeshark/hub-client.ts';
import { Pager } from '../../../src/sources/kubeshark/pager.ts';
import { silent } from '../../../src/support/progress.ts';
import type { HubRecord } from '../../hub/record.ts';
import { calls, hubWith, minute } from './capturing.ts';

const MB = 1024 * 1024;
const PARALLEL = 8;

/** A pager over a Hub that tells what its pages hold: how many were under way, and what was sent. */
async function paging(records: readonly HubRecord[], mostAhead?: number) {
  const served = await hubWith(records, { preview: MB });
  const seen = { underWay: 0, most: 0, sent: 0, largest: 0 };
  const { hub } = served;
  const call = hub.call.bind(hub);
  hub.call = async (name, args) => {
    if (args.limit === 1) return call(name, args);
    seen.most = Math.max(seen.most, ++seen.underWay);
    await sleep(5);
    const answer = await call(name, args);
    seen.underWay -= 1;
    if (answer.kind === 'result') {
      seen.sent += answer.text.length;
      seen.largest = Math.max(seen.largest, answer.text.length);
    }
    return answer;
  };
  const client = new HubClient(new HubApi(served.url, {}), AbortSignal.timeout(600_000));
  const pager = new Pager(new CallPages(client, undefined), PARALLEL, silent, mostAhead);
  return { seen, read: pager.read(minute, []), close: served[Symbol.asyncDispose] };
}

/** Until the pager asks for nothing more by itself. */
async function quiet(seen: { readonly underWay: number; readonly sent: number }): Promise<void> {
  for (
    let sent = -1, calm = 0;
    calm < 5;
    calm = sent === seen.sent && seen.underWay === 0 ? calm + 1 : 0
  ) {
    sent = seen.sent;
    await sleep(20);
  }
}

it('asks for the next pages while one is taken', async () => {
  const { seen, read, close } = await paging(calls(12_000));
  const first = await read.next();
  const sent = seen.sent;
  await quiet(seen);
  expect(seen.sent).toBeGreaterThan(sent);
  expect(seen.most).toBeGreaterThan(2);
  const keys = [first.value?.key];
  let last = first.value?.ts ?? 0;
  for await (const { key, ts } of read) {
    expect(ts).toBeGreaterThanOrEqual(last);
    last = ts;
    keys.push(key);
  }
  expect(new Set(keys).size).toBe(12_000);
  expect(keys.length).toBe(12_000);
  await close();
});

it('holds no more pages of large calls than fit in memory', async () => {
  const large = calls(900).map((record) => ({ ...record, resp_body: 'x'.repeat(50_000) }));
  const most = 4 * MB;
  const { seen, read, close } = await paging(large, most);
  let taken = 0;
  let count = 0;
  for (let next = await read.next(); !next.done; next = await read.next()) {
    count += 1;
    if (count % 200 === 1) {
      await quiet(seen);
      expect(seen.sent - taken).toBeLessThan(most + 2 * seen.largest);
    }
    taken += JSON.stringify(next.value.record).length;
  }
  expect(count).toBe(900);
  expect(seen.largest).toBeLessThan(20 * MB);
  await close();
});
