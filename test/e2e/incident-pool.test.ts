import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { limitedPostgres, poolExhausted } from '../../demo/incidents/pool.ts';
import { runIncident } from '../../demo/incidents/run.ts';
import type { Investigation } from '../../src/incident/investigation.ts';
import { withFolder } from '../support/with-file.ts';

/** What the built command line finds in a capture. */
async function investigate(capture: string, symptom: string): Promise<Investigation> {
  const args = [resolve('dist/cli.js'), 'investigate', capture, '--json', '--symptom', symptom];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  await once(child, 'close');
  return JSON.parse(text);
}

/** When inventory was asked for what it then, as the first, could not answer, Unix ms. */
async function firstFailure(capture: string, since: number): Promise<number> {
  const calls = (await readFile(capture, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return calls.find(
    ({ dst, status, ts, latency_ms }) =>
      dst.svc === 'inventory' && status >= 500 && ts + latency_ms >= since,
  ).ts;
}

it("names inventory's exhausted connections, which a real database refuses, for the failures at checkout", () =>
  withFolder(async (out) => {
    const store = await limitedPostgres();
    try {
      const timing = { before: 10, after: 10, rate: 25 };
      const run = await runIncident(poolExhausted, { seed: 3, out, store, ...timing });
      const found = await investigate(run.calls, 'checkout fails');
      expect(found.abstained).toBe(false);
      expect(found.rootCauses[0]).toMatchObject({ workload: 'inventory', kind: 'connections' });
      // Between the moment from which it can be felt and the first request that a capture shows to fail.
      const { onset = 0 } = found;
      const [felt = 0] = run.onsets;
      expect(onset).toBeGreaterThan(felt - 2000);
      expect(onset).toBeLessThan((await firstFailure(run.calls, felt)) + 2000);
      expect(found.hypothesis).toMatch(/inventory/);
      expect(found.hypothesis).toMatch(/connection/);
      const edges = found.cascade.map(({ from, to }) => `${from.workload} → ${to.workload}`);
      expect(edges).toContain('inventory → orders');
      expect(edges).toContain('orders → gateway');
    } finally {
      await store.kill();
    }
  }));
