import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withIncidentPackets } from '../../src/commands/incident-packets.ts';
import type { Investigation } from '../../src/incident/investigation.ts';
import { measurePcap } from '../../src/sources/pcap.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import type { HubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { abstaining, investigation } from '../support/investigations.ts';
import { generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

const records = generateRecords({ seed: 2, requests: 200 }) as readonly object[] as HubRecord[];
const [start, end] = [records[0]?.ts ?? 0, records.at(-1)?.ts ?? 0];

/** An investigation whose evidence are calls that the Hub has. */
function found(given: Partial<Investigation> = {}): Investigation {
  const { snapshot: _, ...sample } = investigation();
  const call = (nth: number) => {
    const { id, ts } = records[nth] as HubRecord & { id: string };
    return { callId: id, ts, caller: 'checkout', operation: 'inventory GET /' };
  };
  const [origin] = sample.rootCauses;
  const [step] = sample.cascade;
  return {
    ...sample,
    window: { ...sample.window, start, end },
    rootCauses: origin ? [{ ...origin, evidence: [call(20), call(21)] }] : [],
    cascade: step ? [{ ...step, evidence: [call(21), call(40)] }] : [],
    timeline: [],
    ...given,
  };
}

async function keep(given: Investigation, hubOptions: Partial<HubOptions> = {}) {
  await using hub = await hubWith(records, hubOptions);
  return await withFolder(async (folder) => {
    const kept = join(folder, 'kept');
    const { io, noted } = commandIO();
    const inputs = inputsOf('investigate', {
      'kubeshark-url': hub.url,
      'evidence-pcap': kept,
    });
    const before = { exitCode: 0, investigation: given, files: { report: 'r' } } as const;
    const outcome = await withIncidentPackets(before, inputs, io);
    const files = (await readdir(kept).catch(() => [])).sort();
    const read = (name: string) => readFile(join(kept, name)).catch(() => Buffer.alloc(0));
    const [pcap, index] = [await read('evidence.pcap'), await read('evidence.json')];
    return { outcome, files, pcap, index: index.toString(), noted, kept };
  });
}

it('keeps the packets of the decisive calls, and what each shows', async () => {
  const given = found();
  const { outcome, files, pcap, index, noted, kept } = await keep(given);
  expect(files).toEqual(['evidence.json', 'evidence.pcap']);
  expect(outcome.files).toEqual({ report: 'r', evidence: join(kept, 'evidence.pcap') });
  expect(measurePcap(pcap)?.packets).toBeGreaterThan(1);
  const told = JSON.parse(index);
  const origin = 'origin: inventory POST /reservations';
  const edge = 'inventory POST /reservations → checkout POST /checkout';
  const shows = new Map(
    told.calls.map((one: { callId: string; shows: string[] }) => [one.callId, one.shows]),
  );
  expect(shows).toEqual(
    new Map([
      [given.rootCauses[0]?.evidence[0]?.callId, [origin]],
      [given.rootCauses[0]?.evidence[1]?.callId, [origin, edge]],
      [given.cascade[0]?.evidence[1]?.callId, [edge]],
    ]),
  );
  expect(noted.join('\n')).toMatch(/evidence: [\d,]+ packets .* of \d+ connections written/);
});

it('takes them from the snapshot that holds the incident', async () => {
  const { files, noted } = await keep(found({ snapshot: 'of-another-day' }));
  expect(files).toEqual([]);
  expect(noted.join('\n')).toContain('no packets are kept: no snapshot of-another-day');
});

it('keeps none where nothing is named', async () => {
  const { files, noted, outcome } = await keep(abstaining());
  expect([files, noted]).toEqual([[], []]);
  expect(outcome.files?.evidence).toBeUndefined();
});

it('says why there are none, and answers all the same', async () => {
  const { outcome, files, noted } = await keep(found(), { without: ['create_snapshot'] });
  expect(outcome).toMatchObject({ exitCode: 0, files: { report: 'r' } });
  expect(files).toEqual([]);
  expect(noted.join('\n')).toMatch(/no packets are kept: .* lacks the tools for snapshots/);
});
