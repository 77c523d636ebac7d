import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openKubeshark } from '../../../src/sources/kubeshark/index.ts';
import type { KubesharkOptions } from '../../../src/sources/kubeshark/options.ts';
import { KnownError } from '../../../src/support/errors.ts';
import { silent } from '../../../src/support/progress.ts';
import { calls, hubWith, minute, standIn, start } from './capturing.ts';

const records = calls(50);

async function failure(options: Partial<KubesharkOptions>, window = minute): Promise<KnownError> {
  try {
    const signal = AbortSignal.timeout(600_000);
    const session = await openKubeshark({ route: 'auto', ...options }, silent, signal);
    try {
      await session.preflight(window);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.concurrent('what keeps a capture from beginning is said with the remedy', () => {
  it('nobody at the URL', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const error = await failure({ url });
    expect(error.exitCode).toBe(3);
    expect(error.message).toMatch(`Cannot reach Kubeshark by ${url}: connect ECONNREFUSED`);
    expect(error.hint).toContain('check that Kubeshark runs');
  });

  it('nobody at the URL of the command', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const error = await failure({ command: standIn(''), url });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain(`cannot connect to Kubeshark at ${url}`);
  });

  it('no such program', async () => {
    const error = await failure({ command: 'no-such-program mcp' });
    expect(error.exitCode).toBe(3);
    expect(error.message).toBe(
      'Cannot reach Kubeshark by no-such-program mcp: there is no such program',
    );
    expect(error.hint).toContain('that the kubeshark command is installed');
  });

  it('a command line without a Hub behind it', async () => {
    const error = await failure({ command: standIn('') });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain("it offers none of the Hub's tools");
    expect(error.hint).toContain('kube context');
  });

  it('something else at the URL', async () => {
    await using hub = await hubWith(records, {}, { api: false, streamable: false, sse: false });
    const error = await failure({ url: hub.url });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain(`No Kubeshark API at ${hub.url}`);
    expect(error.hint).toContain('mcp.enabled=true');
  });

  it.each([
    ['401', 401, 'url'],
    ['a login page', 302, 'url'],
    ['401 by the command', 401, 'command'],
  ] as const)('an expired token (%s)', async (_name, unauthorised, by) => {
    await using hub = await hubWith(records, { token: 'new', unauthorised });
    const command = by === 'command' ? { command: standIn('') } : {};
    const error = await failure({ ...command, url: hub.url, token: 'old' });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain('The Hub asks for a credential');
    expect(error.message).not.toContain('old');
    expect(error.hint).toContain('kubectl create token kubeshark-cli --audience kubeshark-hub');
  });

  it('a tool missing', async () => {
    await using hub = await hubWith(records, { without: ['list_api_calls'] });
    const error = await failure({ url: hub.url });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain('has no tool list_api_calls');
    expect(error.hint).toContain('upgrade Kubeshark');
  });

  it('dissection off', async () => {
    await using hub = await hubWith(records, { dissection: false });
    const error = await failure({ url: hub.url, route: 'live' });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain('Dissection is off');
    expect(error.hint).toContain('--route snapshot');
  });

  it('the window outside of the boundaries', async () => {
    await using hub = await hubWith(records);
    const later = { start: start + 3_600_000, end: start + 3_660_000 };
    for (const route of ['auto', 'live', 'snapshot'] as const) {
      const error = await failure({ url: hub.url, route }, later);
      expect(error.exitCode).toBe(3);
      expect(error.message).toMatch(
        /The window 2025-06-15T16:06:40.000Z to .* is outside of what the Hub holds/,
      );
      expect(error.hint).toContain('--start and --end');
    }
  });

  it('no tools for snapshots', async () => {
    await using hub = await hubWith(records, { without: ['create_snapshot'] });
    const error = await failure({ url: hub.url, route: 'snapshot' });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain('lacks the tools for snapshots: create_snapshot');
  });

  it('a Hub that is down behind its gate', async () => {
    const faults = { seed: 1, unavailable: 1, dropped: 0, garbage: 0 };
    const more = { slow: 0, slowBy: 0, repeated: 0, lying: 0 };
    await using hub = await hubWith(records, { faults: { ...faults, ...more } });
    const error = await failure({ url: hub.url });
    expect(error.exitCode).toBe(3);
    expect(error.message).toContain('gives no usable answer');
    expect(error.message).toContain('503');
  });
});

describe('options that cannot be are wrong usage', () => {
  it.each([
    [{ url: 'ftp://hub' }, 'kubeshark-url is not an http or https URL'],
    [{ url: 'http://user:secret@hub' }, 'carries a user name or password'],
    [{ command: "kubeshark 'mcp" }, "has an open '"],
    [{ command: '  ' }, 'kubeshark-command is empty'],
    [{ namespace: ['a" || true || "'] }, 'namespace is not a Kubernetes name'],
    [{ workload: ['Orders'] }, 'workload is not a Kubernetes name'],
    [{ licenseKey: 'x' }, 'a license key is for kubeshark-url'],
  ])('%j', async (options, message) => {
    const error = await failure(options);
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('secret@');
  });
});
