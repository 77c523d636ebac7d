import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolResultSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exists } from '../../src/support/exists.ts';
import { type FullRecord, generateRecords } from '../support/records.ts';
import { startHub } from './runner.ts';

const TOKEN = '5f1c9a7e3b2d4c60';
/** Long before: the Hub holds what was before the deployment, and what was after it. */
const HOUR = 3_600_000;
const before = generateRecords({ seed: 1, requests: 130 });
const after = generateRecords({
  seed: 2,
  requests: 130,
  rollout: 1,
  start: (before[0] as FullRecord).ts + HOUR,
  regressions: ['field-removed', 'missing-call'],
});
const spanOf = (records: readonly FullRecord[]) => ({
  start: String(records[0]?.ts),
  end: String(records.at(-1)?.ts),
});
const ndjson = (records: readonly FullRecord[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

let folder: string;
let root: string;
let hub: Awaited<ReturnType<typeof startHub>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-e2e-'));
  root = join(folder, 'root');
  await mkdir(root);
  await cp('dist', join(folder, 'dist'), { recursive: true });
  await writeFile(join(root, 'before.ndjson'), ndjson(before));
  await writeFile(join(root, 'after.ndjson'), ndjson(after));
  const both = join(folder, 'both.ndjson');
  await writeFile(both, ndjson([...before, ...after]));
  hub = await startHub(both);
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const command = (...options: readonly string[]) => [
  join(folder, 'dist', 'cli.js'),
  'mcp',
  '--root',
  root,
  ...options,
];

/** Waits until a file is there; the test's own time limit ends it. */
async function appears(path: string): Promise<void> {
  while (!(await exists(path))) await setTimeout(20);
}

/** A scripted client of the bundle over standard streams, whose user says yes. */
async function overStdio(...options: readonly string[]) {
  const client = new Client(
    { name: 'script', version: '1' },
    { capabilities: { elicitation: { form: {} } } },
  );
  const asked: string[] = [];
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    asked.push(params.message);
    return { action: 'accept', content: { accept: true } };
  });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: command(...options),
      cwd: folder,
      env: {},
      stderr: 'ignore',
    }) as Transport,
  );
  const call = async (name: string, args: Record<string, unknown> = {}, progress?: string[]) => {
    const onprogress = progress && (({ message = '' }) => void progress.push(message));
    const result = await client.callTool(
      { name, arguments: args },
      CallToolResultSchema,
      onprogress && { onprogress },
    );
    expect(result.isError, JSON.stringify(result.content)).toBeUndefined();
    return result.structuredContent as Record<string, unknown>;
  };
  return { client, asked, call };
}

describe('the bundled server for assistants', () => {
  it('runs each tool for a client over standard streams', async () => {
    const options = ['--kubeshark-url', hub.url, '--allow-accept'];
    const { client, asked, call } = await overStdio(...options);
    try {
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual([
        'capture_baseline',
        'verify_deployment',
        'compare_captures',
        'investigate_incident',
        'monitor_status',
        'list_findings',
        'explain_finding',
        'accept_change',
      ]);
      const told: string[] = [];
      const captured = await call('capture_baseline', spanOf(before), told);
      expect(captured).toMatchObject({ baseline: 'baseline.json', calls: before.length });
      expect(told.join()).toContain('calls read');
      const verified = await call('verify_deployment', {
        baseline: 'baseline.json',
        ...spanOf(after),
      });
      expect(verified).toMatchObject({ verdict: 'FAIL' });
      const captures = { baselines: ['before.ndjson'], candidate: 'after.ndjson' };
      const { report } = await call('compare_captures', captures);
      expect(await call('list_findings', { report, severity: 'breaking' })).toMatchObject({
        page: { total: 2 },
      });
      expect(await call('explain_finding', { report, id: 'f1' })).toMatchObject({
        untrusted: { rule: 'schema.field-removed' },
      });
      const incident = await call('investigate_incident', {
        captures: ['after.ndjson'],
        known_good: ['before.ndjson'],
        symptom: 'orders are wrong',
      });
      expect(incident).toMatchObject({ calls: { known_good: before.length } });
      expect(await call('monitor_status')).toMatchObject({ from: 'none' });
      const accepting = { id: 'f1', reason: 'v2 drops it', expires: '2026-12-31' };
      expect(await call('accept_change', { report, ...accepting })).toMatchObject({
        accepted: true,
      });
      expect(asked).toHaveLength(1);
      expect(await readFile(join(root, 'wireproof.yml'), 'utf8')).toContain('v2 drops it');
      const { resources } = await client.listResources();
      expect(resources.map(({ uri }) => uri)).toContain('wireproof://profile/baseline.json');
      const { prompts } = await client.listPrompts();
      expect(prompts.map(({ name }) => name)).toContain('why_failing');
    } finally {
      await client.close();
    }
  });

  it('stops what is cancelled, and goes on serving', async () => {
    const scenario = 'trap "touch stopped; exit 1" TERM; touch begun; sleep 300 & wait';
    const { client, call } = await overStdio('--kubeshark-url', hub.url, '--run', scenario);
    try {
      const controller = new AbortController();
      const cancelled = client.callTool(
        { name: 'capture_baseline', arguments: { output: 'never.json', scenario: true } },
        CallToolResultSchema,
        { signal: controller.signal },
      );
      const refused = expect(cancelled).rejects.toThrow('enough');
      await appears(join(folder, 'begun'));
      controller.abort(new Error('enough'));
      await refused;
      await appears(join(folder, 'stopped'));
      expect(await call('monitor_status')).toMatchObject({ from: 'none' });
      await expect(readFile(join(root, 'never.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    } finally {
      await client.close();
    }
  });

  it('refuses a client without the token over HTTP, and ends when told to', async () => {
    const child = spawn(process.execPath, command('--serve', '127.0.0.1:0'), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { WIREPROOF_MCP_TOKEN: TOKEN },
    });
    let log = '';
    const { promise: url, resolve } = Promise.withResolvers<URL>();
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk;
      const [found] = /http\S+/.exec(log) ?? [];
      if (found) resolve(new URL(found));
    });
    const connect = async (token: string) => {
      const client = new Client({ name: 'script', version: '1' });
      const requestInit = { headers: { authorization: `Bearer ${token}` } };
      const transport = new StreamableHTTPClientTransport(await url, { requestInit });
      await client.connect(transport as Transport);
      return client;
    };
    await expect(connect('another')).rejects.toThrow();
    const client = await connect(TOKEN);
    expect((await client.listTools()).tools).toHaveLength(7);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(log).not.toContain(TOKEN);
    await client.close();
  });

  it.each([
    ['without a token', {}, 'needs a token'],
    [
      'with one that can be guessed',
      { WIREPROOF_MCP_TOKEN: 'letmein' },
      'of 16 characters or more',
    ],
  ])('does not start over HTTP %s', async (_, env, message) => {
    const child = spawn(process.execPath, command('--serve', '127.0.0.1:0'), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env,
    });
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(2);
    expect(log).toContain(message);
  });
});
