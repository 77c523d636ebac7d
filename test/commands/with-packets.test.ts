import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OptionName } from '../../src/commands/options.ts';
import { run } from '../../src/commands/verify.ts';
import { measurePcap } from '../../src/sources/pcap.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateNdjson, generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

const before = generateNdjson({ seed: 1, requests: 300 });
const broken = generateRecords({ seed: 2, requests: 300, regressions: ['field-removed'] });
const harmless = generateRecords({ seed: 3, requests: 300, rollout: 1 });

/** Verifies against a Hub that holds the records, and tells what lies in the folder afterwards. */
async function verify(
  records: readonly object[],
  hubOptions: Partial<HubOptions> = {},
  more: Partial<Record<OptionName, string>> = {},
) {
  const known = records as readonly HubRecord[];
  await using hub = await hubWith(known, hubOptions);
  return await withFolder(async (folder) => {
    const baseline = join(folder, 'before.ndjson');
    await writeFile(baseline, before);
    const kept = join(folder, 'kept');
    const { io, noted } = commandIO();
    const inputs = inputsOf('verify', {
      baseline: await profiled(baseline, folder),
      'kubeshark-url': hub.url,
      start: String(known[0]?.ts),
      end: String(known.at(-1)?.ts),
      'evidence-pcap': kept,
      ...more,
    });
    const outcome = await run(inputs, io);
    const files = await readdir(kept).catch(() => []);
    const read = (name: string) => readFile(join(kept, name)).catch(() => Buffer.alloc(0));
    const [pcap, index] = [await read('evidence.pcap'), await read('evidence.json')];
    return { outcome, files: files.sort(), pcap, index: index.toString(), noted, kept };
  });
}

async function profiled(capture: string, folder: string): Promise<string> {
  const { run: profile } = await import('../../src/commands/profile.ts');
  const output = join(folder, 'before.json');
  await profile(inputsOf('profile', { output }, [capture]), commandIO().io);
  return output;
}

it('keeps the packets of the calls that show a FAIL, and which call is where', async () => {
  const { outcome, files, pcap, index, noted, kept } = await verify(broken);
  expect(outcome.exitCode).toBe(1);
  expect(outcome.files?.evidence).toBe(join(kept, 'evidence.pcap'));
  expect(files).toEqual(['evidence.json', 'evidence.pcap']);
  const { packets, end } = measurePcap(pcap) ?? { packets: 0, end: 0 };
  expect(end).toBe(pcap.length);
  expect(packets).toBeGreaterThan(1);
  const told = JSON.parse(index);
  expect(told).toMatchObject({ packets, bytes: pcap.length, cut: false });
  const evidence = outcome.judgement?.findings.flatMap((finding) =>
    finding.severity === 'breaking' ? finding.evidence.map(({ callId }) => callId) : [],
  );
  expect(told.calls.length).toBeGreaterThan(0);
  for (const { callId, src, findings } of told.calls) {
    expect(evidence).toContain(callId);
    expect(findings[0]).toMatch(/^schema\.field-removed orders /);
    expect(told.filter).toContain(`port ${src.port}`);
  }
  expect(noted.join('\n')).toMatch(/evidence: [\d,]+ packets \([\d,]+ bytes\) of \d+ connections/);
});

it('keeps none where nothing fails', async () => {
  const { outcome, files } = await verify(harmless);
  expect(outcome).toMatchObject({ exitCode: 0, judgement: { verdict: 'PASS' } });
  expect(outcome.files?.evidence).toBeUndefined();
  expect(files).toEqual([]);
});

it('says where they are cut', async () => {
  const { pcap, noted } = await verify(broken, {}, { 'evidence-max-bytes': '1kB' });
  expect(pcap.length).toBeLessThanOrEqual(1_000);
  expect(noted.join('\n')).toContain('cut at 1,000 bytes (--evidence-max-bytes)');
});

it('says why there are none, and fails all the same', async () => {
  const { outcome, files, noted } = await verify(broken, { without: ['create_snapshot'] });
  expect(outcome).toMatchObject({ exitCode: 1, judgement: { verdict: 'FAIL' } });
  expect(files).toEqual([]);
  expect(noted.join('\n')).toMatch(/no packets are kept: .* lacks the tools for snapshots/);
});
