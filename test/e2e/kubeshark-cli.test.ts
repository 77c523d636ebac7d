import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { noFaults } from '../hub/hub-options.ts';
import type { BigDigits } from '../hub/record.ts';
import { calls, capture, codes, hubWith, identity, start } from '../sources/kubeshark/capturing.ts';

const binary = process.env.KUBESHARK_BINARY ?? 'kubeshark';
const found = spawnSync(binary, ['version'], { timeout: 20_000 }).status === 0;
if (!found) {
  process.stderr.write(`kubeshark-cli.test.ts is skipped: no ${binary}; set KUBESHARK_BINARY\n`);
}

describe.runIf(found)("Kubeshark's own command line", () => {
  const command = `'${binary}' mcp`;
  const records = calls(2500);

  it('brings every call once, its 64-bit ids whole', async () => {
    await using hub = await hubWith(records);
    const captured = await capture({ command, url: hub.url });
    expect(captured.problems).toEqual([]);
    const expected = records.map(({ node_id, id }) => `${node_id} ${id}`).sort();
    expect(captured.calls.map(identity).sort()).toEqual(expected);
    const ids = new Set(records.map(({ conn_id }) => (conn_id as BigDigits).digits));
    for (const { connection } of captured.calls) expect(ids).toContain(connection);
  });

  it('takes the URL and the token from the user as well', async () => {
    await using hub = await hubWith(records, { token: 'secret' });
    const own = `${command} --url ${hub.url} --token secret`;
    expect((await capture({ command: own })).calls.length).toBe(2500);
    const ours = await capture({ command, url: hub.url, token: 'secret' });
    expect(ours.calls.length).toBe(2500);
  });

  it('takes a snapshot, dissects it and reads it', async () => {
    await using hub = await hubWith(records, { dissection: false });
    const captured = await capture({ command, url: hub.url, workload: ['orders'] });
    expect(captured.problems).toEqual([]);
    const touching = records.filter(({ src, dst }) => [src.svc, dst.svc].includes('orders'));
    expect(captured.calls.length).toBe(touching.length);
    expect(hub.hub.served.get('start_snapshot_dissection')).toBe(1);
  });

  it('gets through a Hub full of faults', async () => {
    const shares = { unavailable: 0.05, dropped: 0.05, garbage: 0.05, repeated: 0.03, lying: 0.03 };
    await using hub = await hubWith(records, { faults: { ...noFaults, ...shares } });
    const captured = await capture({ command, url: hub.url });
    if (captured.problems.length === 0) expect(captured.calls.length).toBe(2500);
    else expect(codes(captured)).toEqual(['incomplete']);
  });

  it.each([401, 302] as const)(
    'says that the token has expired (%s)',
    async (unauthorised) => {
      await using hub = await hubWith(records, { token: 'new', unauthorised });
      await expect(capture({ command, url: hub.url, token: 'old' })).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('The Hub asks for a credential'),
        hint: expect.stringContaining('kubectl create token kubeshark-cli'),
      });
    },
    60_000,
  );

  it('says that nobody is there, at the URL or in a cluster', async () => {
    const url = 'http://127.0.0.1:1';
    await expect(capture({ command, url })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`cannot connect to Kubeshark at ${url}`),
    });
    const kubeconfig = `/nonexistent/${start}`;
    await expect(
      capture({ command: `${command} --kubeconfig ${kubeconfig}` }),
    ).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("none of the Hub's tools"),
    });
  });
});
