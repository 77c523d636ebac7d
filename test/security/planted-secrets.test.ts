import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KubesharkTraffic } from '../../src/commands/kubeshark-traffic.ts';
import { DETECTORS } from '../../src/monitor/detectors.ts';
import { runMonitor } from '../../src/monitor/monitor.ts';
import { USUAL_SETTINGS } from '../../src/monitor/settings.ts';
import { StatusListener } from '../../src/report/monitor/status-listener.ts';
import { wallClock } from '../../src/support/clock.ts';
import { silent } from '../../src/support/progress.ts';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { act } from '../github/acting.ts';
import { parseHubRecord } from '../hub/record.ts';
import { connected } from '../mcp/client.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { withFolder } from '../support/with-file.ts';
import { LeakFinder } from './leaks.ts';
import { brokenRecords, plantedRecords } from './planted-records.ts';
import { secretsOf, TEXT_KINDS, TOKEN_KINDS } from './secret-kinds.ts';

const START = 1_700_000_000_000;
const HOUR = 3_600_000;
const planted = (seed: number) => [
  ...secretsOf(TOKEN_KINDS, 4, seed),
  ...secretsOf(TEXT_KINDS, 6, seed),
];
const before = planted(1);
const after = planted(2);
const ndjson = (records: readonly object[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const beforeText = ndjson(plantedRecords(before, START));
const afterText = ndjson(brokenRecords(after, START + HOUR));
const leaks = new LeakFinder([...before, ...after]);

/** Runs a command line in this process; all that it printed, on either stream. */
async function ran(folder: string, line: string): Promise<string> {
  const printed: string[] = [];
  const sink = { write: (text: string) => printed.push(text), on: () => undefined };
  const argv = line.split(' ').map((word) => word.replaceAll('@', `${folder}/`));
  const signal = AbortSignal.timeout(600_000);
  await runCommandLine(argv, { stdout: sink, stderr: sink, env: {}, signal });
  return printed.join('');
}

async function filesBelow(folder: string): Promise<string> {
  const texts: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    const zstd = entry.name.endsWith('.zst');
    const plain = zstd
      ? zstdDecompressSync(bytes)
      : entry.name.endsWith('.gz')
        ? gunzipSync(bytes)
        : bytes;
    texts.push(`${entry.name}\n${plain.toString()}`);
  }
  return texts.join('\n');
}

/** Nothing leaks from what is told, which is something. */
function expectClean(what: string, told: string): void {
  expect(told.length).toBeGreaterThan(0);
  expect.soft({ what, leaks: leaks.find(told) }).toEqual({ what, leaks: [] });
}

describe('more than 200 secrets, each in every field of traffic', () => {
  it('are found where one leaks', () => {
    expect(before.length).toBeGreaterThan(200);
    for (const { text } of before) expect(leaks.find(`x ${text} y`)).toHaveLength(1);
  });

  it(
    'none is seen in what the command line gives out: streams, profiles, reports',
    () =>
      withFolder(async (folder) => {
        await mkdir(join(folder, 'in'));
        await writeFile(join(folder, 'in/before.ndjson'), beforeText);
        await writeFile(join(folder, 'in/after.ndjson'), afterText);
        const lines = [
          'profile @in/before.ndjson -o @out/before.json',
          'profile @in/after.ndjson -o @out/after.json --json',
          'compare @out/before.json @out/after.json --report-dir @out/report --min-samples 5',
          'show @out/before.json --json',
          'graph @in/before.ndjson --links --json',
          'openapi @in/before.ndjson -o @out/openapi.json',
          'investigate @in/after.ndjson --known-good @in/before.ndjson --report-dir @out/incident',
        ];
        for (const line of lines) expectClean(line, await ran(folder, line));
        expectClean('files', await filesBelow(join(folder, 'out')));
        const report = JSON.parse(await readFile(join(folder, 'out/report/report.json'), 'utf8'));
        expect(report.findings.length).toBeGreaterThan(50);
      }),
    240_000,
  );

  it(
    'nor in what the Action and assistants are told',
    () =>
      withFolder(async (folder) => {
        const files = { 'before.ndjson': beforeText, 'after.ndjson': afterText };
        await using mcp = await connected({ files });
        const at = (name: string) => join(mcp.root, name);
        const inputs = {
          mode: 'compare',
          baseline: at('before.ndjson'),
          candidate: at('after.ndjson'),
        };
        const { log, summary, outputs } = await act(folder, { ...inputs, 'min-samples': '5' });
        expect(outputs.verdict).toBe('FAIL');
        for (const [what, text] of Object.entries({
          log,
          summary,
          outputs: JSON.stringify(outputs),
        })) {
          expectClean(what, text);
        }
        const comparing = {
          baselines: ['before.ndjson'],
          candidate: 'after.ndjson',
          min_samples: 5,
        };
        const compared = await mcp.call('compare_captures', comparing);
        const { report, items } = compared.structuredContent as {
          report: string;
          items: readonly { id: string }[];
        };
        expect(items.length).toBeGreaterThan(3);
        const answers = [compared, await mcp.call('list_findings', { report, limit: 50 })];
        for (const { id } of items) answers.push(await mcp.call('explain_finding', { report, id }));
        const captures = { captures: ['after.ndjson'], known_good: ['before.ndjson'] };
        answers.push(await mcp.call('investigate_incident', captures));
        answers.push(
          (await mcp.client.readResource({ uri: `wireproof://report/${report}` })) as never,
        );
        expectClean('answers', JSON.stringify([answers, mcp.logged]));
      }),
    240_000,
  );

  it(
    "nor in a monitor's alerts, summaries, status page and what it keeps",
    () =>
      withFolder(async (stateDir) => {
        const records = [...beforeText.trim().split('\n'), ...afterText.trim().split('\n')];
        await using hub = await hubWith(records.map(parseHubRecord));
        const { signal } = new AbortController();
        const source = new KubesharkTraffic({ url: hub.url, route: 'live' }, silent, signal);
        const status = new StatusListener('%TITLE% %PLAIN% %DATA%');
        const alerts: unknown[] = [];
        try {
          const { firing } = await runMonitor({
            interval: 15_000,
            stateDir,
            settings: { ...USUAL_SETTINGS, limits: { errorShare: 0.01, latency: 1 } },
            scopes: [{ name: 'all', source }],
            kinds: DETECTORS,
            sinks: [{ name: 'memory', deliver: async (alert) => void alerts.push(alert) }],
            listeners: [status],
            reading: {},
            snapshotOn: 'never',
            notifyFrom: 'info',
            start: START + HOUR,
            end: START + HOUR + 60_000,
            once: true,
            clock: wallClock,
            progress: silent,
            signal,
          });
          expect(firing.length).toBeGreaterThan(3);
          expectClean('alerts', JSON.stringify([firing, alerts]));
        } finally {
          await source.close();
        }
        for (const [path, answer] of status.routes()) expectClean(path, answer().body);
        expectClean('state', await filesBelow(stateDir));
      }),
    240_000,
  );
});
