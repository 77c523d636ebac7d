import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Judgement } from '../src/verdict/judgement.ts';
import { Store } from './cluster/store.ts';
import { runShop, type ShopOptions } from './shop.ts';
import { expectations, findingFor } from './story/expectations.ts';
import { table } from './story/table.ts';
import { baseline, verify } from './story/wireproof.ts';

/** About 200 requests of each main operation, few enough at a time that a laptop keeps up. */
const load = { requests: 1150, concurrency: 3 };

const help = `The whole story on this machine: no cluster, no root.

  npm run demo                  reports go to wireproof-report/demo
  npm run demo -- --keep DIR    reports, profile and captures go to DIR
`;

const { values } = parseArgs({
  options: { keep: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) process.stdout.write(help);
else process.exitCode = (await tellStory(values.keep)) ? 0 : 1;

/** True when version 2 failed for the six right reasons and version 1 passed. */
async function tellStory(keep: string | undefined): Promise<boolean> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const captures = keep ?? (await mkdtemp(join(tmpdir(), 'wireproof-demo-')));
  const reports = resolve(keep ?? join('wireproof-report', 'demo'));
  let store: Store | undefined;
  try {
    await mkdir(reports, { recursive: true });
    // One database for all: it outlives the deployments, as databases do.
    store = await Store.start();
    return await tell(resolve(captures), reports, store, stop.signal);
  } catch (cause) {
    if (!stop.signal.aborted) throw cause;
    say('Stopped; nothing is left running.');
    return false;
  } finally {
    await store?.kill();
    if (keep === undefined) await rm(captures, { recursive: true, force: true });
  }
}

async function tell(
  captures: string,
  reports: string,
  store: Store,
  signal: AbortSignal,
): Promise<boolean> {
  const io = { say, signal };
  const profile = join(captures, 'baseline.json');
  const deploy = async (
    name: string,
    options: Pick<ShopOptions, 'seed' | 'version' | 'variant'>,
  ) => {
    const out = join(captures, name);
    const run = await runShop({ ...options, ...load, store, out, signal });
    say(
      `  ${run.client.requests} requests in ${run.client.seconds.toFixed(1)} s, ${run.recorded.count} calls recorded on the wire`,
    );
    return run;
  };

  say('1. A shop of eleven processes, version 1: a client shops, a tap records the wire.');
  const first = await deploy('version-1', { seed: 1 });
  say('   Its behaviour becomes the baseline.');
  await baseline(first, profile, io);

  say('2. Version 2 is deployed. It has six faults that its tests did not see.');
  const second = await deploy('version-2', { seed: 2, version: 2 });
  const failed = await verify(second, profile, join(reports, 'version-2'), io);

  say('3. Version 1 is deployed again: other pods, ports, ids, customers, order of requests.');
  const third = await deploy('version-1-again', { seed: 3, variant: 'ports' });
  const passed = await verify(third, profile, join(reports, 'version-1-again'), io);

  const foundAll = showVersion2(failed.judgement);
  showVersion1(passed.judgement);
  process.stdout.write(`\nReports: ${relative(process.cwd(), reports) || '.'}\n`);
  const asExpected = failed.code === 1 && foundAll && passed.code === 0;
  say(asExpected ? 'As it should be.' : 'That is not what should have come out.');
  return asExpected;
}

function showVersion2({ verdict, reasons, findings }: Judgement): boolean {
  const rows = expectations.map((expected) => {
    const finding = findingFor(expected, findings);
    return [
      expected.category,
      finding ? 'found' : 'NOT FOUND',
      finding?.operation ?? expected.change,
      finding?.summary ?? '',
    ];
  });
  const table6 = table([['category', '', 'operation', 'what Wireproof says'], ...rows]);
  const breaking = findings.filter((finding) => finding.severity === 'breaking').length;
  process.stdout.write(`\nVersion 2: ${verdict}\n  ${reasons[0] ?? ''}\n\n${table6}\n`);
  process.stdout.write(`\n  ${breaking} breaking findings of ${findings.length} in all\n`);
  return verdict === 'FAIL' && rows.every(([, found]) => found === 'found');
}

function showVersion1({ verdict, reasons, findings }: Judgement): void {
  process.stdout.write(`\nVersion 1 again: ${verdict}\n  ${reasons[0] ?? ''}\n`);
  if (findings.length === 0) return;
  const rows = findings.map((f) => [f.severity, f.category, f.operation, f.summary]);
  process.stdout.write(`\n${table(rows)}\n`);
}

function say(line: string): void {
  const seconds = (performance.now() / 1000).toFixed(1).padStart(5);
  process.stderr.write(`[${seconds} s] ${line}\n`);
}
