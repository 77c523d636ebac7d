import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openKubeshark } from '../../../src/sources/kubeshark/index.ts';
import { silent } from '../../../src/support/progress.ts';
import { noFaults } from '../../hub/hub-options.ts';
import type { BigDigits, HubRecord } from '../../hub/record.ts';
import { withFile } from '../../support/with-file.ts';
import { calls, capture, hubWith, identity, minute, standIn } from './capturing.ts';

const records = calls(1200);
const expected = records.map(({ node_id, id }) => `${node_id} ${id}`).sort();

describe.concurrent('every way to the Hub reads every call once, in time order', () => {
  it("the Hub's own endpoints", async () => {
    await using hub = await hubWith(records);
    await expectAll({ url: hub.url });
    await expectAll({ url: `${hub.url}/api/mcp/` });
  });

  it('MCP over Streamable HTTP', async () => {
    await using hub = await hubWith(records, {}, { api: false });
    await expectAll({ url: hub.url });
    await expectAll({ url: `${hub.url}/mcp` });
  });

  it('MCP over SSE where nothing else is spoken', async () => {
    await using hub = await hubWith(records, {}, { api: false, streamable: false });
    await expectAll({ url: `${hub.url}/mcp` });
  });

  it('MCP over the standard streams of child processes', async () => {
    await using hub = await hubWith(records);
    await expectAll({ command: standIn(`--url ${hub.url}`) });
  });

  it('child processes each of which keeps its own snapshots', () =>
    withFile('calls.ndjson', records.map((one) => `${JSON.stringify(one)}\n`).join(''), (file) =>
      expectAll({ command: standIn(`--capture '${file}'`), route: 'snapshot' }),
    ));

  it('a command that is given the URL and the token besides', async () => {
    await using hub = await hubWith(records, { token: 'secret' });
    await expectAll({ command: standIn(''), url: hub.url, token: 'secret' });
  });

  async function expectAll(options: Parameters<typeof capture>[0]) {
    const captured = await capture(options);
    expect(captured.problems).toEqual([]);
    expect(captured.calls.map(identity).sort()).toEqual(expected);
    const times = captured.calls.map(({ ts }) => ts);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const first = records.find(({ id }) => id === captured.calls[0]?.id) as HubRecord;
    expect(captured.calls[0]?.connection).toBe((first.conn_id as BigDigits).digits);
    expect(captured.calls[0]?.flow).toBe((first.flow_id as BigDigits).digits);
  }
});

it('carries the token to the Hub, and a license where there is no token', async () => {
  await using hub = await hubWith(records, { token: 'secret' });
  for (const credential of [{ token: 'secret' }, { licenseKey: 'secret' }]) {
    const session = await openKubeshark(
      { url: hub.url, route: 'auto', ...credential },
      silent,
      AbortSignal.timeout(600_000),
    );
    await session.preflight();
    await session.close();
  }
});

it('does not follow a redirect with the credentials', async () => {
  const asked: string[] = [];
  const elsewhere = createServer((request, response) => {
    asked.push(JSON.stringify(request.headers));
    response.end('{}');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  const door = createServer((_request, response) =>
    response.writeHead(307, { location: target }).end(),
  );
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  try {
    await expect(capture({ url, token: 'secret' })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`it has moved to ${target}`),
    });
    expect(asked).toEqual([]);
  } finally {
    door.close();
    elsewhere.close();
  }
});

it('ends the child processes when the session is closed', async () => {
  await using hub = await hubWith(records);
  const command = standIn(`--url ${hub.url} --tag close-me`);
  const session = await openKubeshark(
    { command, route: 'auto' },
    silent,
    AbortSignal.timeout(600_000),
  );
  await session.preflight(minute);
  expect(running('close-me')).toBeGreaterThan(0);
  await session.close();
  expect(running('close-me')).toBe(0);
});

/** Processes of this machine whose command line holds a word. */
function running(word: string): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  }).length;
}

it('stops with the reason of the signal when it is aborted', async () => {
  await using hub = await hubWith(records, {
    faults: { ...noFaults, slow: 1, slowBy: 5000 },
  });
  const controller = new AbortController();
  const captured = capture({ url: hub.url }, minute, controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 100);
  await expect(captured).rejects.toThrow('enough');
});
