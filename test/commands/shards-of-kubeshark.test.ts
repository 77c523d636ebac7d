import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run as merge } from '../../src/commands/merge.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { run as profile } from '../../src/commands/profile.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

type Given = Partial<Record<OptionName, string>>;

/** Twenty minutes of calls, busiest where the third of five shards ends; some bodies are longer than lists show. */
const start = 1_750_000_000_000;
const end = start + 1_200_000;
const records = [
  ...generateRecords({ requests: 120, every: 10_000, start, seenTwice: 0.2 }),
  ...generateRecords({ requests: 200, every: 100, start: start + 710_000, seed: 2, rollout: 1 }),
].sort((a, b) => a.ts - b.ts) as readonly object[] as readonly HubRecord[];
/** A silence that is longer than what a shard reads beside its own time, and a bad record in it. */
const gap = records.filter(({ ts }) => ts < start + 20_000 || ts > start + 705_000);
const broken = (share: number, calls: readonly HubRecord[]) =>
  calls.map((record, i) => (i % share === 0 ? { ...record, proto: 7 } : record));
const lone = [...gap, { ...records[0], ts: start + 360_000, id: 'node-a/lone', proto: 7 }].sort(
  (a, b) => Number(a.ts) - Number(b.ts),
);

const hubs: readonly (readonly [string, readonly unknown[], Partial<HubOptions>, Given])[] = [
  ['with a gap, and bodies cut short', gap, { preview: 40 }, {}],
  ['in small pages, its ends left out', records, { pageLimit: 50, endInclusive: false }, {}],
  ['without totals', records, { total: 'returned', pageLimit: 200 }, {}],
  ['by a snapshot', records, {}, { route: 'snapshot' }],
  ['of one namespace and a workload', records, {}, { namespace: 'shop', workload: 'orders' }],
  ['with records that cannot be read', broken(50, records), {}, {}],
  ['with one of them alone in a gap', lone, {}, {}],
  ['where nothing matches', records, {}, { namespace: 'sohp' }],
];

async function ran(verb: 'profile' | 'merge', given: Given): Promise<void> {
  const run = verb === 'profile' ? profile : merge;
  await run(inputsOf(verb, given), commandIO().io);
}

describe.each(hubs)('shards of a Hub %s', (_, calls, options, given) => {
  it('give the profile of the whole, to the byte', () =>
    withFolder(async (folder) => {
      const held = { oldest_ts: start - 1000, newest_ts: end + 3_600_000 };
      const served = { boundaries: held, l7Boundaries: held, ...options };
      await using hub = await hubWith(calls as readonly HubRecord[], served);
      const ask = { 'kubeshark-url': hub.url, start: String(start), end: String(end), ...given };
      const [whole, merged] = [join(folder, 'whole'), join(folder, 'merged')] as const;
      await ran('profile', { ...ask, output: whole });
      const shards = ['1/5', '2/5', '3/5', '4/5', '5/5'];
      await Promise.all(shards.map((shard) => ran('profile', { ...ask, shard, into: folder })));
      await ran('merge', { from: folder, shards: '5', output: merged });
      const text = await readFile(whole, 'utf8');
      expect(await readFile(merged, 'utf8')).toBe(text);
      const { capture: seen } = JSON.parse(text);
      expect(seen.calls > 300).toBe(given.namespace !== 'sohp');
      expect(seen.windows).toEqual([[start, end]]);
      if (options.preview) expect(seen.bodies.whole).toBeGreaterThan(100);
    }));
});
