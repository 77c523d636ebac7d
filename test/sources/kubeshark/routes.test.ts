import { describe, expect, it } from 'vitest';
import { openKubeshark } from '../../../src/sources/kubeshark/index.ts';
import { silent } from '../../../src/support/progress.ts';
import { calls, capture, codes, hubWith, minute, start } from './capturing.ts';

const records = calls(1500);
const part = { oldest_ts: start + 20_000, newest_ts: start + 60_000 };

describe.concurrent('the route to the calls', () => {
  it('is live where the window was dissected', async () => {
    await using hub = await hubWith(records);
    const captured = await capture({ url: hub.url });
    expect(captured.calls.length).toBe(1500);
    expect(hub.hub.served.has('create_snapshot')).toBe(false);
  });

  it.each([
    ['dissection is off', { dissection: false }],
    ['dissection began late', { l7Boundaries: part }],
  ] as const)('is a snapshot where %s', async (_name, options) => {
    await using hub = await hubWith(records, options);
    const captured = await capture({ url: hub.url });
    expect(captured.problems).toEqual([]);
    expect(captured.calls.length).toBe(1500);
    expect(hub.hub.served.get('start_snapshot_dissection')).toBe(1);
  });

  it('uses a snapshot of the same window again', async () => {
    await using hub = await hubWith(records);
    await capture({ url: hub.url, route: 'snapshot' });
    const again = await capture({ url: hub.url, route: 'snapshot' });
    expect(again.calls.length).toBe(1500);
  });

  it('reads a snapshot that is named, as far as it reaches', async () => {
    await using hub = await hubWith(records);
    const options = { url: hub.url, route: 'auto' } as const;
    const monitor = await openKubeshark(options, silent, AbortSignal.timeout(600_000));
    const name = await monitor.keep(minute);
    await monitor.close();
    const named = await capture({ url: hub.url, snapshot: name });
    expect({ calls: named.calls.length, problems: named.problems }).toEqual({
      calls: 1500,
      problems: [],
    });
    expect(hub.hub.served.get('create_snapshot')).toBe(1);
    const session = await openKubeshark(
      { ...options, snapshot: name },
      silent,
      AbortSignal.timeout(600_000),
    );
    expect(await session.span(name)).toEqual(minute);
    const longer = session.capture({ ...minute, end: minute.end + 60_000 });
    for await (const _ of longer.batches);
    expect(longer.problems.map(({ code }) => code)).toEqual(['outside-boundaries']);
    await session.close();
  });

  it('says so where there is no snapshot of that name', async () => {
    await using hub = await hubWith(records);
    const failed = capture({ url: hub.url, snapshot: 'none-such' });
    await expect(failed).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('no snapshot none-such'),
      hint: expect.stringContaining('list_snapshots'),
    });
  });

  it('tells what the window lacks where nothing covers it', async () => {
    await using hub = await hubWith(records, { l7Boundaries: part, boundaries: part });
    const captured = await capture({ url: hub.url });
    expect(captured.problems[0]?.code).toBe('outside-boundaries');
    expect(captured.problems[0]?.message).toContain('lacks its first 20 s');
  });

  it.each(['snapshot', 'dissection'] as const)('fails with a %s that fails', async (job) => {
    await using hub = await hubWith(records, { jobFails: job });
    const failed = capture({ url: hub.url, route: 'snapshot' });
    await expect(failed).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`The ${job}`),
      hint: expect.stringContaining('--route live'),
    });
  });
});

it('enables dissection before a run', async () => {
  await using hub = await hubWith(records, { dissection: false });
  const session = await openKubeshark(
    { url: hub.url, route: 'live' },
    silent,
    AbortSignal.timeout(600_000),
  );
  await session.preflight();
  await session.prepare();
  const { batches, problems } = session.capture(minute);
  let seen = 0;
  for await (const batch of batches) seen += batch.length;
  await session.close();
  expect({ seen, problems }).toEqual({ seen: 1500, problems: [] });
  expect(hub.hub.served.get('enable_dissection')).toBe(1);
});

it.each([
  ['what the Hub held before is gone', part, /lacks its first 20 s/],
  ['nothing was there before the first call', undefined, undefined],
])('tells a run that lost its beginning: %s', async (_, kept, words) => {
  await using hub = await hubWith(records);
  if (kept === undefined) hub.hub.options.l7Boundaries = { oldest_ts: 0, newest_ts: 0 };
  const options = { url: hub.url, route: 'live' } as const;
  const session = await openKubeshark(options, silent, AbortSignal.timeout(600_000));
  await session.prepare();
  hub.hub.options.l7Boundaries = part;
  const { batches, problems } = session.capture(minute);
  for await (const _ of batches);
  await session.close();
  if (words === undefined) expect(problems).toEqual([]);
  else expect(problems).toEqual([expect.objectContaining({ code: 'outside-boundaries' })]);
  if (words !== undefined) expect(problems[0]?.message).toMatch(words);
});

it('reads a snapshot after a run where dissection cannot be enabled', async () => {
  const without = ['enable_dissection'];
  await using hub = await hubWith(records, { dissection: false, without });
  const signal = AbortSignal.timeout(600_000);
  const session = await openKubeshark({ url: hub.url, route: 'auto' }, silent, signal);
  await session.prepare();
  const { batches, problems } = session.capture(minute);
  let seen = 0;
  for await (const batch of batches) seen += batch.length;
  await session.close();
  expect({ seen, problems }).toEqual({ seen: 1500, problems: [] });
  const live = await openKubeshark({ url: hub.url, route: 'live' }, silent, signal);
  await expect(live.prepare()).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('has no tool to enable it'),
    hint: expect.stringContaining('--route snapshot'),
  });
  await live.close();
});

it('says that there were no calls', async () => {
  const quiet = [calls(2)[0], { ...calls(2)[1], ts: start + 59_000 }] as typeof records;
  await using hub = await hubWith(quiet);
  const captured = await capture({ url: hub.url }, { start: start + 20_000, end: start + 30_000 });
  expect(codes(captured)).toContain('no-calls');
});
