import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { connectionFilter } from '../../../src/sources/kubeshark/connection-filter.ts';
import { fileAddress } from '../../../src/sources/kubeshark/download.ts';
import type { ExportedPcap } from '../../../src/sources/kubeshark/export-pcap.ts';
import { type KubesharkOptions, openKubeshark } from '../../../src/sources/kubeshark/index.ts';
import { measurePcap } from '../../../src/sources/pcap.ts';
import { silent } from '../../../src/support/progress.ts';
import { parseBpf } from '../../hub/bpf.ts';
import type { HubOptions } from '../../hub/hub-options.ts';
import type { Doors } from '../../hub/serve.ts';
import { withFolder } from '../../support/with-file.ts';
import { calls, hubWith, minute, standIn } from './capturing.ts';

const records = calls(600);
const wanted = new Set(records.slice(100, 120).map(({ id }) => id));

interface Exported {
  readonly exported: ExportedPcap;
  readonly bytes: Buffer;
  readonly files: readonly string[];
  readonly found: readonly Call[];
}

async function exportFrom(
  source: Partial<KubesharkOptions> | ((url: string) => Partial<KubesharkOptions>),
  hubOptions: Partial<HubOptions> = {},
  { maxBytes = 1_000_000, doors = {} }: { maxBytes?: number; doors?: Doors } = {},
): Promise<Exported> {
  await using hub = await hubWith(records, hubOptions, doors);
  const given = typeof source === 'function' ? source(hub.url) : source;
  const options = { route: 'live', ...given } as const;
  const session = await openKubeshark(options, silent, AbortSignal.timeout(600_000));
  try {
    return await withFolder(async (folder) => {
      const dest = join(folder, 'evidence.pcap');
      const found = await session.callsNamed(wanted, minute);
      const exported = await session.exportPcap({ window: minute, calls: found, dest, maxBytes });
      return { exported, bytes: await readFile(dest), files: await readdir(folder), found };
    });
  } finally {
    await session.close();
  }
}

const ways: readonly (readonly [string, (url: string) => Partial<KubesharkOptions>, Doors])[] = [
  ["the Hub's endpoints", (url) => ({ url }), {}],
  ['MCP over HTTP', (url) => ({ url: `${url}/mcp` }), { api: false }],
  ['a command', (url) => ({ command: standIn(`--url ${url}`) }), {}],
];

describe.each(ways)('by %s', (_name, source, doors) => {
  it('saves the packets of the connections asked for, and of no others', async () => {
    const { exported, bytes, files, found } = await exportFrom(source, {}, { doors });
    expect(found.length).toBe(wanted.size);
    expect(measurePcap(bytes)).toEqual({ packets: exported.packets, end: bytes.length });
    const { filter, packets, cut, leftOut } = exported;
    expect({ cut, leftOut, files }).toEqual({ cut: false, leftOut: 0, files: ['evidence.pcap'] });
    const matches = parseBpf(filter);
    const ends = records.map(({ src, dst }) => ({
      hosts: [src.ip, dst.ip],
      ports: [src.port, dst.port],
    }));
    expect(packets).toBeGreaterThanOrEqual(2 * wanted.size);
    expect(packets).toBeLessThan(2 * ends.filter(matches).length + 1);
    expect(ends.filter(matches).length).toBeLessThan(records.length / 2);
  });

  it('keeps whole packets of at most the bytes asked for, and says so', async () => {
    const { exported, bytes } = await exportFrom(source, {}, { maxBytes: 700, doors });
    expect(exported.cut).toBe(true);
    expect(bytes.length).toBeLessThanOrEqual(700);
    expect(measurePcap(bytes)).toEqual({ packets: exported.packets, end: bytes.length });
    expect(exported.packets).toBeGreaterThan(0);
  });
});

it('takes the name of a file alone as well', async () => {
  const { exported } = await exportFrom((url) => ({ url }), { bareFilePaths: true });
  expect(exported.packets).toBeGreaterThan(0);
});

it('uses the snapshot that there is', async () => {
  await using hub = await hubWith(records);
  const options = { url: hub.url, route: 'snapshot' } as const;
  const session = await openKubeshark(options, silent, AbortSignal.timeout(600_000));
  await withFolder(async (folder) => {
    const found = await session.callsNamed(wanted, minute);
    const dest = join(folder, 'e.pcap');
    await session.exportPcap({ window: minute, calls: found, dest, maxBytes: 1e6 });
    const again = await session.exportPcap({ window: minute, calls: found, dest, maxBytes: 1e6 });
    expect(again.snapshot).toMatch(/^wireproof-\d+-\d+$/);
  });
  const listed = await hub.hub.call('list_snapshots', {});
  await session.close();
  expect(listed).toMatchObject({ text: expect.stringContaining('"total":1') });
});

it.each([
  [
    'there is no tool for it',
    { without: ['export_snapshot_pcap'] },
    /no tool export_snapshot_pcap/,
  ],
  ['there are no snapshots', { without: ['create_snapshot'] }, /lacks the tools for snapshots/],
  [
    'the raw capture is gone',
    { boundaries: { oldest_ts: minute.end + 1e6, newest_ts: minute.end + 2e6 } },
    /outside of what the Hub holds \(raw capture/,
  ],
  ['a snapshot fails', { jobFails: 'snapshot' as const }, /The snapshot ended as failed/],
])('says why there are none where %s', async (_name, hubOptions, message) => {
  await expect(exportFrom((url) => ({ url }), hubOptions)).rejects.toThrow(message);
});

describe('the filter', () => {
  const [one] = records as [(typeof records)[0]];
  const end = (ip: string | undefined, port: number | undefined) =>
    ({ workload: { name: 'a', kind: 'owner' }, ip, port }) as unknown as Call['src'];
  const call = (src: Call['src'], dst: Call['dst']) => ({ ...one, src, dst }) as unknown as Call;
  const between = (port: number, to = '10.0.0.2') => call(end('10.0.0.1', port), end(to, 8080));

  it('names both ends, and clients of one server together', () => {
    expect(connectionFilter([between(1000), between(999), between(1000)])).toEqual({
      expression: '(host 10.0.0.1 and host 10.0.0.2 and port 8080 and (port 1000 or port 999))',
      connections: 2,
      leftOut: 0,
    });
    expect(connectionFilter([call(end('fd00::1', undefined), end('fd00::2', 53))]).expression).toBe(
      '(host fd00::1 and host fd00::2 and port 53)',
    );
    expect(connectionFilter([call(end(undefined, 5), end('10.0.0.2', 80))]).expression).toBe(
      '(host 10.0.0.2 and port 80 and port 5)',
    );
  });

  it('takes no address that is none, and no port', () => {
    const hostile = call(end('1.2.3.4 or host 0.0.0.0', 1e9), end("10.0.0.2') or (1", -1));
    expect(connectionFilter([hostile])).toEqual({ expression: '', connections: 0, leftOut: 0 });
    const half = call(end('10.0.0.9', 70_000), end('evil', 0.5));
    expect(connectionFilter([half]).expression).toBe('(host 10.0.0.9)');
  });

  it('keeps within what an address may be long, and counts the rest', () => {
    const many = Array.from({ length: 300 }, (_, i) => between(40_000 + i, `10.0.${i % 250}.7`));
    const { expression, connections, leftOut } = connectionFilter(many);
    expect(expression.length).toBeLessThanOrEqual(3_000);
    expect(encodeURIComponent(expression).length).toBeLessThan(6_000);
    expect(connections).toBeGreaterThan(20);
    expect(connections + leftOut).toBe(300);
    expect(() => parseBpf(expression)).not.toThrow();
  });
});

it.each([
  'https://evil.example/x',
  '/../../admin',
  '\\\\evil.example',
  '@evil.example/x',
  '.evil.example/x',
])('follows no path that leads elsewhere: %s', (path) => {
  expect(() => fileAddress('http://hub:8898/api', path)).toThrow('not below its own address');
});

it('finds files below its own address', () => {
  const path = '/mcp/snapshots/a/pcap?bpf_filter=host%2010.0.0.1';
  expect(fileAddress('https://hub/front/api', path).href).toBe(`https://hub/front/api${path}`);
});
