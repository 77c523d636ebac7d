import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ShopRun } from '../../demo/shop.ts';
import { expectations, findingFor } from '../../demo/story/expectations.ts';
import type { Finding } from '../../src/compare/finding.ts';
import type { summariseProfile } from '../../src/report/profile-summary.ts';
import { kubectlOf, rewire } from '../sources/pcap/rewire.ts';
import { withFolder } from '../support/with-file.ts';

/** What the second version's slow searches take longer at least (ms). */
const DELAY = 145;

async function wireproof(...args: readonly string[]): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

/** The shop's version, recorded twice at once: as packets on loopback, and by its own tap. */
async function release(version: 1 | 2, folder: string) {
  const out = join(folder, `v${version}`);
  const raw = `${out}.raw.pcap`;
  const packets = `${out}.pcap`;
  const names = `${out}.json`;
  const shop = ['demo/capture.ts', '--release', `${version}`, '--requests', '600', '--out', out];
  const { code, out: said } = await wireproof(
    ...['record', '--interface', 'lo', '--filter', 'tcp', '-o', raw, '--'],
    ...[process.execPath, ...shop, '--warmup', '0'],
  );
  expect(code).toBe(0);
  const run: ShopRun = JSON.parse(said);
  expect(rewire(raw, packets, run.wires)).toBeGreaterThan(600);
  await writeFile(names, kubectlOf(run.wires));
  return { packets, names, calls: run.calls };
}

/** What the packets show, read once for all comparisons. */
async function profiled(packets: string, names: string): Promise<string> {
  const profile = `${packets}.profile.json`;
  expect((await wireproof('profile', packets, '--names', names, '-o', profile)).code).toBe(0);
  return profile;
}

async function judged(...args: readonly string[]) {
  const { code, out } = await wireproof('compare', ...args, '--json');
  const found: { verdict: string; findings: readonly Finding[] } = JSON.parse(out);
  return { code, ...found };
}

/** P95 (ms) of an operation's latencies, as a profile has it. */
async function p95(profile: string, operation: string): Promise<number | undefined> {
  const { out } = await wireproof('show', profile, '--json');
  const { operations }: ReturnType<typeof summariseProfile> = JSON.parse(out);
  return operations.find((one) => one.operation === operation)?.latency?.p95;
}

const told = (findings: readonly Finding[]) =>
  findings
    .filter(({ severity, category }) => severity === 'breaking' && category !== 'performance')
    .map(({ rule, operation, path = '' }) => `${rule} ${operation} ${path}`)
    .sort();

it('judges the packets of a release as it judges its calls', () =>
  withFolder(async (folder) => {
    const before = await release(1, folder);
    const after = await release(2, folder);
    const names = `${before.names},${after.names}`;
    const base = await profiled(before.packets, names);
    const cand = await profiled(after.packets, names);
    const packets = await judged(base, cand);
    expect(packets).toMatchObject({ code: 1, verdict: 'FAIL' });
    const calls = await judged(before.calls, after.calls);
    for (const expectation of expectations) {
      // Whether a busy machine's noise drowns the delay differs between the two.
      if (expectation.category === 'performance') continue;
      expect(findingFor(expectation, packets.findings), expectation.change).toBeDefined();
    }
    expect(told(packets.findings)).toEqual(told(calls.findings));
    // Three of ten searches wait for a timer, however busy the machine: no less is to be measured.
    expect(await p95(cand, 'inventory GET /search')).toBeGreaterThan(0.98 * DELAY);
    const same = await judged(base, base);
    expect(same).toMatchObject({ code: 0, verdict: 'PASS' });
  }));
