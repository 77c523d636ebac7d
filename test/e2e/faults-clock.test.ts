import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HubRecord } from '../hub/record.ts';
import { syntheticCalls } from '../hub/synthetic.ts';
import { hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { expectPromised } from '../support/promised.ts';
import { withFolder } from '../support/with-file.ts';
import { ran } from './processes.ts';

const HOUR = 3_600_000;

it.each([
  ['ahead', HOUR],
  ['back', -HOUR],
])('our clock, set %s while a scenario runs, makes the capture less than whole', (_, by) =>
  withFolder(async (folder) => {
    const start = Date.now() - 2 * HOUR;
    await using hub = await hubWith(syntheticCalls({ calls: 10_000, start, span: 4 * HOUR }));
    const env = {
      NODE_OPTIONS: `--import ${resolve('test/e2e/set-clock.ts')}`,
      SET_CLOCK_BY: String(by),
      SET_CLOCK_WHEN: `${folder}/set`,
    };
    const line = `baseline --kubeshark-url ${hub.url} --run 'sleep 2; touch set' -o b.json`;
    const captured = await ran(folder, line, env);
    expect(captured.err).toContain(`was set 3,600 s ${by < 0 ? 'back' : 'ahead'}`);
    const ended = await ran(folder, 'compare b.json b.json');
    expectPromised('the clock of this machine is set while a scenario runs', ended);
  }),
);

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
