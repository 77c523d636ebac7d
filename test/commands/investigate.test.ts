import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/commands/investigate.ts';
import type { OptionName } from '../../src/commands/options.ts';
import type { Investigation } from '../../src/incident/investigation.ts';
import { openKubeshark } from '../../src/sources/kubeshark/index.ts';
import { silent } from '../../src/support/progress.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

const START = Date.UTC(2026, 10, 23, 14, 20);
const HALF = 200_000;
const CHANGE = START + HALF;
const END = START + 2 * HALF - 1;
const quiet = { requests: 400, every: 500 };

/** Minutes of a shop; in the second half payment answers one call in five with 500. */
const records = [
  generateRecords({ seed: 1, ...quiet, start: START }),
  generateRecords({ seed: 2, ...quiet, start: CHANGE, regressions: ['new-500'] }),
]
  .flatMap((part, half) => part.map((record) => ({ ...record, id: `${half}${record.id}` })))
  .filter(({ ts }) => ts <= END)
  .sort((a, b) => a.ts - b.ts) as readonly object[] as HubRecord[];
const callsFrom = (from: number, to: number) =>
  records.filter(({ ts }) => ts >= from && ts <= to).length;

const time = (ms: number) => new Date(ms).toISOString();
const all = { start: time(START), end: time(END) };
const incident = { start: time(CHANGE), end: time(END) };
/** A Hub whose calls of the window have all come in: nobody waits for late ones. */
const held = (oldest_ts: number) => {
  const range = { oldest_ts, newest_ts: END + 120_000 };
  return { boundaries: range, l7Boundaries: range };
};
const holding = held(START);

type Given = Partial<Record<OptionName, string>>;

/** Asks a stand-in for the Hub through a session of its own. */
async function asked(given: Given, options: Partial<HubOptions> = {}) {
  await using hub = await hubWith(records, { ...holding, ...options });
  return { ...(await told({ 'kubeshark-url': hub.url, ...given })), served: hub.hub.served };
}

async function told(given: Given, captures: readonly string[] = []) {
  const { io, noted } = commandIO();
  const outcome = await run(inputsOf('investigate', given, captures), io);
  const found = outcome.investigation as Investigation;
  return { ...outcome, found, noted, said: noted.join('\n') };
}

function expectPayment({ rootCauses, onset, abstained }: Investigation): void {
  expect({ abstained, origin: rootCauses[0]?.workload }).toEqual({
    abstained: false,
    origin: 'payment',
  });
  expect(Math.abs((onset ?? 0) - CHANGE)).toBeLessThan(60_000);
}

describe('an investigation that asks Kubeshark', () => {
  it('cuts a window where its traffic changed, and says how many calls it read', async () => {
    const { found, exitCode, said } = await asked(all);
    expectPayment(found);
    const { knownGood, window } = found;
    expect(exitCode).toBe(0);
    expect(knownGood).toMatchObject({ origin: 'before-onset', start: START });
    expect(knownGood.calls + window.calls).toBe(records.length);
    expect(said).toContain(
      `${window.calls} calls of the incident, ${knownGood.calls} known-good ones`,
    );
  });

  it('reads around since when it is seen, as far as the Hub holds it', async () => {
    const { found } = await asked({ since: time(CHANGE + 20_000) });
    expectPayment(found);
    expect(found.problems.map(({ code }) => code)).toContain('outside-boundaries');
    // What the Hub did not hold is no quiet time.
    expect(found.knownGood.start).toBe(records[0]?.ts);
    expect(found.window.end).toBe(records.at(-1)?.ts);
  });

  it('takes the time out of the symptom', async () => {
    const { found } = await asked({ symptom: `orders fail since ${time(CHANGE)}` });
    expectPayment(found);
    expect(found.symptom).toMatchObject({ workloads: ['orders'], text: expect.any(String) });
    expect(found.symptom.understood).toContain(time(CHANGE));
  });

  it('takes the last of an end', async () => {
    const { found } = await asked({ end: time(END), window: '400s' });
    expectPayment(found);
    expect(found.knownGood.calls + found.window.calls).toBe(records.length);
  });

  it('compares with the known-good time that is given', async () => {
    const range = `${time(START)}..${time(CHANGE - 1)}`;
    const { found } = await asked({ ...incident, 'known-good': range });
    expectPayment(found);
    expect(found.knownGood).toMatchObject({
      origin: 'given',
      start: START,
      end: CHANGE - 1,
      calls: callsFrom(START, CHANGE - 1),
    });
    expect(found.window.calls).toBe(callsFrom(CHANGE, END));
  });

  it('compares with a known-good capture that is given', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'good.ndjson');
      const good = records.filter(({ ts }) => ts < CHANGE);
      await writeFile(file, good.map((record) => `${JSON.stringify(record)}\n`).join(''));
      const { found } = await asked({ ...incident, 'known-good': file });
      expectPayment(found);
      expect(found.knownGood).toMatchObject({ origin: 'given', calls: good.length });
    }));

  it('finds what was before, where nothing changed inside the window', async () => {
    const { found, said } = await asked(incident);
    expectPayment(found);
    expect(found.knownGood).toMatchObject({ origin: 'found', calls: callsFrom(START, CHANGE - 1) });
    expect(said).toContain('nothing changed inside the window: asking for what was before');
  });

  it('abstains where what was before is gone', async () => {
    const without = records.filter(({ ts }) => ts >= CHANGE);
    await using hub = await hubWith(without, held(CHANGE));
    const { found, exitCode, said } = await told({ 'kubeshark-url': hub.url, ...incident });
    expect({ exitCode, abstained: found.abstained }).toEqual({ exitCode: 4, abstained: true });
    expect(found.nextChecks.length).toBeGreaterThan(0);
    expect(said).toContain('what was before can not be read');
  });

  it('reads the snapshot that is named, whatever its time, and makes none', async () => {
    await using hub = await hubWith(records, holding);
    const options = { url: hub.url, route: 'auto' } as const;
    const monitor = await openKubeshark(options, silent, AbortSignal.timeout(600_000));
    const snapshot = await monitor.keep({ start: START, end: END });
    await monitor.close();
    const { found } = await told({ 'kubeshark-url': hub.url, snapshot });
    expectPayment(found);
    expect(found.snapshot).toBe(snapshot);
    expect(hub.hub.served.get('create_snapshot')).toBe(1);
    const part = await told({ 'kubeshark-url': hub.url, snapshot, since: time(CHANGE) });
    expectPayment(part.found);
  });

  it('looks at the L4 flows where the incident has just ended', async () => {
    const shift = Date.now() - 30_000 - END;
    const recent = records.map((record) => ({ ...record, ts: record.ts + shift }));
    const range = { oldest_ts: START + shift, newest_ts: END + shift + 120_000 };
    const stats = { tcp_resets: 40, tcp_handshake_p99_us: 900 };
    const ill = {
      proto: 'tcp',
      client: { ip: '10.0.0.9', svc: 'orders', ns: 'shop' },
      server: { ip: '10.0.0.10', svc: 'payment', ns: 'shop', port: 9999 },
      server_stats: stats,
      totals: { pkts: 1_000, bytes: 1_000_000 },
    };
    await using hub = await hubWith(recent, {
      boundaries: range,
      l7Boundaries: range,
      flows: [ill],
    });
    const { found } = await told({
      'kubeshark-url': hub.url,
      start: time(START + shift),
      end: time(END + shift),
    });
    expectPayment({ ...found, onset: (found.onset ?? 0) - shift });
    expect(found.flows?.totalBytes).toBeGreaterThan(1_000_000);
    expect(found.flows?.pairs).toBeGreaterThan(2);
    expect(hub.hub.served.get('get_l4_flow_summary')).toBe(1);
    const network = found.factors.filter(({ kind }) => kind === 'network');
    expect(network.map(({ workload }) => workload)).toEqual(['payment']);
    expect(network[0]?.summary).toContain('connections were reset 40 times');
  });

  it('asks for no flows of what ended long ago', async () => {
    const { found, served } = await asked(all);
    expect(found.flows).toBeUndefined();
    expect(served.get('get_l4_flow_summary')).toBeUndefined();
  });

  it('goes on without deployments that nobody can be asked for', async () => {
    const { found, said } = await asked({ ...all, deployments: 'acme/shop' });
    expectPayment(found);
    expect(said).toContain('--deployments: GitHub can not be asked from here');
  });

  it.each([
    ['no snapshot of that name', { snapshot: 'none-such' }, 3, 'no snapshot none-such'],
    ['a window that the Hub does not hold', { window: '5m' }, 3, 'outside of what the Hub holds'],
    ['no calls in the window', { ...all, workload: 'nobody' }, 3, 'no calls in the time to look'],
    [
      'a known-good time that the Hub does not hold',
      { ...incident, 'known-good': '2020-01-01..2020-01-02' },
      3,
      'outside of what the Hub holds',
    ],
    ['a window that ends first', { start: all.end, end: all.start }, 2, 'not before its end'],
    ['a Hub that is not there', { ...all, 'kubeshark-url': 'http://127.0.0.1:9' }, 3, 'No Kube'],
  ])('says so: %s', async (_, given, exitCode, message) => {
    await expect(asked(given as Given)).rejects.toMatchObject({
      exitCode,
      message: expect.stringContaining(message),
    });
  });
});

describe('an investigation of files', () => {
  const withFiles = (use: (whole: string, folder: string) => Promise<void>) =>
    withFolder(async (folder) => {
      const whole = join(folder, 'whole.ndjson');
      await writeFile(whole, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      await use(whole, folder);
    });

  it('means the day of the capture by a time of day, and warns where that lies outside', () =>
    withFiles(async (whole) => {
      const zone = { 'time-zone': 'UTC' };
      const inside = await told({ symptom: 'orders fail since 14:24', ...zone }, [whole]);
      expectPayment(inside.found);
      expect(inside.said).not.toContain('lies outside of the capture');
      const outside = await told({ symptom: 'orders fail since 13:00', ...zone }, [whole]);
      expectPayment(outside.found);
      expect(outside.said).toContain('since 2026-11-23T13:00:00.000Z, which lies outside of');
    }));

  it('finds the same whatever the order of their records', () =>
    withFiles(async (whole, folder) => {
      const inOrder = await told({}, [whole]);
      const newestFirst = join(folder, 'newest-first.ndjson');
      const lines = records.toReversed().map((record) => JSON.stringify(record));
      await writeFile(newestFirst, lines.join('\n'));
      const { found } = await told({}, [newestFirst]);
      expect(found).toEqual(inOrder.found);
      expectPayment(found);
    }));

  describe('whose clock was set by an hour', () => {
    const HOUR = 3_600_000;
    const set = (at: number, by: number) =>
      withFolder(async (folder) => {
        const file = join(folder, 'set.ndjson');
        const shifted = records.map((record) => ({
          ...record,
          ts: record.ts < at ? record.ts : record.ts + by,
        }));
        await writeFile(file, shifted.map((record) => JSON.stringify(record)).join('\n'));
        return (await told({}, [file])).found;
      });
    const origin = ({ rootCauses, onset }: Investigation) => [rootCauses[0]?.workload, onset];
    const beforeIt = START + HALF / 5;

    it.each([
      ['forward', 'before the trouble', HOUR, beforeIt, HOUR],
      ['forward', 'within it', HOUR, CHANGE + HALF / 2, 0],
      ['back', 'before the trouble', -HOUR, beforeIt, -HOUR],
      ['back', 'within it', -HOUR, CHANGE + HALF / 2, 0],
    ])('%s %s, goes on with the part that changes, and says so', async (way, _, by, at, moved) => {
      const found = await set(at, by);
      expectPayment({ ...found, onset: (found.onset ?? 0) - moved });
      const [problem, ...more] = found.problems.filter(({ code }) =>
        ['hole', 'clock-set'].includes(code),
      );
      expect(more).toEqual([]);
      expect(problem?.message).toContain(`clock was set ${way} by 60 min`);
    });

    it.each([
      ['forward', HOUR],
      ['back', -HOUR],
    ])('%s as the trouble began, compares what was before and after', async (way, by) => {
      const found = await set(CHANGE, by);
      expect(origin(found)[0]).toBe('payment');
      expect(found.knownGood.calls).toBe(callsFrom(START, CHANGE - 1));
      expect(found.problems.at(-1)?.message).toContain(`clock was set ${way} by 60 min`);
    });

    it('back by less than the capture is long, says at least that', async () => {
      const found = await set(START + 1.5 * HALF, -HALF * 0.9);
      expect(found.problems.map(({ code }) => code)).not.toContain('clock-set');
      const long = await set(END - 20_000, -11 * 60_000);
      expect(long.problems.map(({ code }) => code)).toContain('clock-set');
    });
  });

  it('looks into the part that is asked for', () =>
    withFiles(async (whole) => {
      const part = await told({ start: time(START), window: '1m' }, [whole]);
      const { knownGood, window } = part.found;
      expect(knownGood.calls + window.calls).toBe(callsFrom(START, START + 60_000));
      const range = `${time(START)}..${time(CHANGE - 1)}`;
      const { found } = await told({ ...incident, 'known-good': range }, [whole]);
      expectPayment(found);
      expect(found.knownGood.calls).toBe(callsFrom(START, CHANGE - 1));
    }));

  it('says what a file holds where nothing of it lies in the time asked for', () =>
    withFiles(async (whole) => {
      await expect(told({ start: '2030-01-01' }, [whole])).rejects.toMatchObject({
        hint: expect.stringMatching(/^the capture holds calls from \d{4}-.*Z to \d{4}-.*Z$/),
      });
    }));

  it('says which options a file can not heed', () =>
    withFiles(async (whole) => {
      const { said } = await told({ workload: 'orders', window: '1m' }, [whole]);
      expect(said).toContain('--workload is for asking Kubeshark');
      expect(said).toContain('--window alone cuts no capture file');
    }));

  it.each([
    ['no calls in the part', { start: '2030-01-01' }, 3, 'no calls in the time to look into'],
    ['a part that ends first', { start: all.end, end: all.start }, 2, 'not before its end'],
    ['no known-good calls', { 'known-good': '2020-01-01..2020-01-02' }, 3, 'no calls in the known'],
    [
      'a known-good time that ends first',
      { 'known-good': '2020-01-02..2020-01-01' },
      2,
      'its start is not before its end',
    ],
    ['a capture that is not there', { 'known-good': 'no/such.ndjson' }, 3, 'there is no such file'],
  ])('says so: %s', (_, given, exitCode, message) =>
    withFiles(async (whole) => {
      await expect(told(given as Given, [whole])).rejects.toMatchObject({
        exitCode,
        message: expect.stringContaining(message),
      });
    }),
  );
});
