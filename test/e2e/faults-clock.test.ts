import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HubRecord } from '../hub/record.ts';
import { syntheticCalls } from '../hub/synthetic.ts';
import { hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { expectPromised } from '../support/promised.ts';
import { withFolder } from '../support/with-file.ts';
import { ran } from './processes.ts';

const HOUR = 3_600_000;

describe("this machine's clock", () => {
  const baseline = (folder: string, url: string, by: number) =>
    ran(folder, `baseline --kubeshark-url ${url} --run 'sleep 2; touch set' -o b.json`, {
      NODE_OPTIONS: `--import ${resolve('test/e2e/set-clock.ts')}`,
      SET_CLOCK_BY: String(by),
      SET_CLOCK_WHEN: `${folder}/set`,
    });
  const hubOfHours = () =>
    hubWith(syntheticCalls({ calls: 10_000, start: Date.now() - 2 * HOUR, span: 4 * HOUR }));

  it('set ahead while a scenario runs, makes the capture less than whole', () =>
    withFolder(async (folder) => {
      await using hub = await hubOfHours();
      const captured = await baseline(folder, hub.url, HOUR);
      expect(captured.err).toContain('was set 3,600 s ahead');
      const ended = await ran(folder, 'compare b.json b.json');
      expectPromised('the clock of this machine is set ahead while a scenario runs', ended);
    }));

  it('set back while the scenario of a baseline runs, leaves none', () =>
    withFolder(async (folder) => {
      await using hub = await hubOfHours();
      const captured = await baseline(folder, hub.url, -HOUR);
      expect(captured.err).toContain('was set 3,600 s back');
      expectPromised(
        'the clock of this machine is set back while the scenario of a baseline runs',
        captured,
      );
    }));
});

describe("the cluster's clocks", () => {
  /** From the middle of the minute on, they are `by` ms off. */
  const jumping = (by: number): HubRecord[] => {
    const records = syntheticCalls({ calls: 1_000, start: minute.start, span: 60_000 });
    return records
      .map((record) =>
        record.ts < minute.start + 30_000 ? record : { ...record, ts: record.ts + by },
      )
      .sort((a, b) => a.ts - b.ts);
  };

  const verified = (by: number) =>
    withFolder(async (folder) => {
      await using before = await hubWith(jumping(0));
      await using after = await hubWith(jumping(by));
      const over = (ms: number) => `--start ${minute.start} --end ${minute.end + ms}`;
      const first = `baseline --kubeshark-url ${before.url} ${over(0)} -o b.json`;
      expect((await ran(folder, first)).code).toBe(0);
      const line = `verify --kubeshark-url ${after.url} ${over(Math.max(0, by))} --baseline b.json --json`;
      const ended = await ran(folder, line);
      expect(JSON.parse(ended.out).capture.candidate.calls).toBe(1_000);
      return ended;
    });

  it('set ahead in mid-capture, leave a hole, and each call counts once', async () => {
    expectPromised("the cluster's clocks are set ahead in mid-capture", await verified(60_000));
  });

  it('set back in mid-capture, mix two times, and each call counts once', async () => {
    expectPromised("the cluster's clocks are set back in mid-capture", await verified(-20_000));
  });
});
