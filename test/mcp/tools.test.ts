import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HubRecord, parseHubRecord } from '../hub/record.ts';
import { hubWith } from '../sources/kubeshark/capturing.ts';
import { generateNdjson, type RecordOptions } from '../support/records.ts';
import { connected, textOf, unfenced } from './client.ts';

const calls = (options: RecordOptions) => generateNdjson({ requests: 200, ...options });
const before = calls({ seed: 1 });
const after = calls({ seed: 2, rollout: 1, regressions: ['field-removed', 'missing-call'] });
const files = { 'before.ndjson': before, 'after.ndjson': after };
const comparing = { baselines: ['before.ndjson'], candidate: 'after.ndjson' };

const recorded = (text: string): HubRecord[] => text.trim().split('\n').map(parseHubRecord);
const spanOf = (text: string) => {
  const lines = text.trim().split('\n');
  const ts = (line = '') => String((JSON.parse(line) as { ts: number }).ts);
  return { start: ts(lines[0]), end: ts(lines.at(-1)) };
};

/** What a FAIL of two faults says. */
interface Verdict {
  readonly report: string;
  readonly verdict: string;
  readonly items: readonly { readonly id: string; readonly untrusted: { readonly rule: string } }[];
}

const dataOf = <T>(result: { readonly structuredContent?: unknown }) =>
  result.structuredContent as T;

describe('capture_baseline and verify_deployment', () => {
  it('store what is observed, and judge what is observed later', async () => {
    await using hub = await hubWith([...recorded(before)]);
    await using mcp = await connected({ given: { 'kubeshark-url': hub.url } });
    const captured = await mcp.call('capture_baseline', {
      output: 'b/one.json.zst',
      ...spanOf(before),
    });
    expect(captured.isError).toBeUndefined();
    expect(captured.structuredContent).toMatchObject({ baseline: 'b/one.json.zst', windows: 1 });
    const same = await mcp.call('verify_deployment', {
      baseline: 'b/one.json.zst',
      ...spanOf(before),
    });
    expect(dataOf<Verdict>(same)).toMatchObject({ verdict: 'PASS' });
    await using later = await hubWith([...recorded(after)]);
    await using again = await connected({ given: { 'kubeshark-url': later.url } });
    await writeFile(
      join(again.root, 'one.json.zst'),
      await readFile(join(mcp.root, 'b/one.json.zst')),
    );
    const failed = await again.call('verify_deployment', {
      baseline: 'one.json.zst',
      ...spanOf(after),
    });
    expect(dataOf<Verdict>(failed)).toMatchObject({ verdict: 'FAIL' });
    expect(textOf(failed)).toMatch(/^FAIL\. Findings: 2 breaking/);
  });

  it('keep to what the server was started for', async () => {
    await using mcp = await connected({
      given: { namespace: 'shop,web', kfl: 'http', 'kubeshark-url': 'http://127.0.0.1:9' },
    });
    for (const asked of [
      { namespace: 'bank' },
      { namespace: 'shop, bank' },
      { kfl: 'http || true' },
    ]) {
      const refused = await mcp.call('capture_baseline', { output: 'b.json', ...asked });
      expect(refused.isError).toBe(true);
      expect(textOf(refused)).toContain('this server was started');
    }
  });

  it('take no option that runs a command or says where a token goes', async () => {
    await using mcp = await connected({ files });
    for (const name of [
      'run',
      'kubeshark_command',
      'kubeshark-command',
      'kubeshark_url',
      'config',
    ]) {
      const refused = await mcp.call('verify_deployment', {
        baseline: 'before.ndjson',
        [name]: 'x',
      });
      expect(refused.isError).toBe(true);
      expect(textOf(refused)).toContain('Unrecognized key');
    }
    const without = await mcp.call('verify_deployment', {
      baseline: 'before.ndjson',
      scenario: true,
    });
    expect(textOf(without)).toContain('started without one');
  });

  it('capture while the scenario runs that the server was started with', async () => {
    await using hub = await hubWith([...recorded(before)]);
    await using mcp = await connected({ given: { 'kubeshark-url': hub.url, run: 'exit 7' } });
    const failed = await mcp.call('capture_baseline', { scenario: true });
    expect(textOf(failed)).toContain('the scenario failed with exit code 7');
    const plain = await mcp.call('capture_baseline', spanOf(before));
    expect(plain.isError).toBeUndefined();
  });
});

describe('compare_captures', () => {
  it('gives the verdict, the worst findings, and how to go on', async () => {
    await using mcp = await connected({ files });
    const result = await mcp.call('compare_captures', comparing);
    const { report, verdict, items } = dataOf<Verdict>(result);
    expect(verdict).toBe('FAIL');
    expect(items.map(({ untrusted }) => untrusted.rule).slice(0, 2)).toEqual([
      'schema.field-removed',
      'call.missing',
    ]);
    expect(unfenced(textOf(result))).not.toContain('orders');
    expect(textOf(result)).toContain(`explain_finding with report "${report}"`);
    expect(dataOf(await mcp.call('compare_captures', comparing))).toMatchObject({ report });
  });

  it('reads the configuration of the root, as the command line does', async () => {
    await using mcp = await connected({
      files: {
        ...files,
        'wireproof.yml': 'rules:\n  schema.field-removed: off\n  call.missing: off\n',
      },
    });
    const result = await mcp.call('compare_captures', comparing);
    expect(dataOf<Verdict>(result).verdict).not.toBe('FAIL');
  });

  it.each([
    '../before.ndjson',
    '/etc/hostname',
    '-',
    'git:main',
    's3://bucket/key',
    'nowhere.json',
  ])('refuses %s', async (candidate) => {
    await using mcp = await connected({ files });
    const refused = await mcp.call('compare_captures', { ...comparing, candidate });
    expect(refused.isError).toBe(true);
  });
});

describe('list_findings and explain_finding', () => {
  it('list by pages, which together are the whole', async () => {
    await using mcp = await connected({ files });
    const { report } = dataOf<Verdict>(await mcp.call('compare_captures', comparing));
    const seen: string[] = [];
    let cursor: string | undefined = '0';
    while (cursor !== undefined) {
      const page = await mcp.call('list_findings', { report, limit: 1, cursor });
      const data: { page: { next_cursor?: string; total: number }; items: { id: string }[] } =
        dataOf(page);
      expect(data.page.total).toBe(4);
      seen.push(...data.items.map(({ id }) => id));
      cursor = data.page.next_cursor;
    }
    expect(seen).toEqual(['f1', 'f2', 'f3', 'f4']);
    const breaking = await mcp.call('list_findings', { report, severity: 'breaking' });
    expect(dataOf(breaking)).toMatchObject({ page: { total: 2 } });
    const named = await mcp.call('list_findings', { report, contains: 'audit POST' });
    expect(dataOf(named)).toMatchObject({ page: { total: 2 } });
  });

  it('give one whole: evidence, what its rule means, what follows from it', async () => {
    await using mcp = await connected({ files });
    const { report } = dataOf<Verdict>(await mcp.call('compare_captures', comparing));
    const result = await mcp.call('explain_finding', { report, id: 'f1' });
    expect(dataOf(result)).toMatchObject({
      rule: [expect.stringContaining('.'), expect.any(String), expect.any(String)],
      effects: ['f4'],
      untrusted: { rule: 'schema.field-removed', samples: { baseline: 49 } },
    });
    expect(textOf(result)).toContain('In wireproof.yml it would be accepted by:');
    const none = await mcp.call('explain_finding', { report, id: 'f99' });
    expect(none.isError).toBe(true);
  });

  it('read a report from a file under the root, and refuse what is none', async () => {
    await using mcp = await connected({ files: { ...files, 'bad.json': '{"verdict":"PASS"}' } });
    const { report } = dataOf<Verdict>(await mcp.call('compare_captures', comparing));
    expect((await mcp.call('list_findings', { report: 'bad.json' })).isError).toBe(true);
    expect((await mcp.call('list_findings', { report: 'r-000000000000' })).isError).toBe(true);
    expect((await mcp.call('list_findings', { report: `../${report}` })).isError).toBe(true);
  });
});

describe('monitor_status', () => {
  it('says plainly that there is no monitor', async () => {
    await using mcp = await connected({ given: { state: '/nowhere/monitor' } });
    const result = await mcp.call('monitor_status');
    expect(dataOf(result)).toMatchObject({ from: 'none', firing: 0 });
    expect(textOf(result)).toContain('There is no monitor');
  });

  it('says where none answers', async () => {
    await using mcp = await connected({ given: { 'monitor-url': 'http://127.0.0.1:9' } });
    const result = await mcp.call('monitor_status');
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('no monitor told its status');
  });
});

describe('accept_change', () => {
  const accepting = { reason: 'v2 drops it', expires: '2026-12-31' };
  const yes = () => ({ action: 'accept' as const, content: { accept: true } });

  it('is not there unless the server was started with it', async () => {
    await using mcp = await connected({ files, user: yes });
    const { tools } = await mcp.client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('accept_change');
    const refused = await mcp.call('accept_change', { report: 'r', id: 'f1', ...accepting });
    expect(refused.isError).toBe(true);
    expect(mcp.questions).toEqual([]);
  });

  it('writes one finding to wireproof.yml once the user agreed', async () => {
    await using mcp = await connected({ files, user: yes, given: { 'allow-accept': 'true' } });
    const { report } = dataOf<Verdict>(await mcp.call('compare_captures', comparing));
    const result = await mcp.call('accept_change', { report, id: 'f1', ...accepting });
    expect(dataOf(result)).toEqual({ accepted: true, file: 'wireproof.yml' });
    expect(mcp.questions).toHaveLength(1);
    expect(mcp.questions[0]).toContain('orders GET /api/orders/{id}');
    expect(unfenced(mcp.questions[0] ?? '')).not.toContain('orders');
    const written = await readFile(join(mcp.root, 'wireproof.yml'), 'utf8');
    expect(written).toContain('rule: schema.field-removed');
    expect(written).not.toContain('call.missing');
    const again = await mcp.call('compare_captures', comparing);
    expect(textOf(again)).toContain('1 of them accepted');
  });

  it.each([
    ['declines', () => ({ action: 'decline' as const })],
    ['goes away', () => ({ action: 'cancel' as const })],
    ['leaves it unticked', () => ({ action: 'accept' as const, content: { accept: false } })],
  ])('writes nothing where the user %s', async (_how, user) => {
    await using mcp = await connected({ files, user, given: { 'allow-accept': 'true' } });
    const { report } = dataOf<Verdict>(await mcp.call('compare_captures', comparing));
    const result = await mcp.call('accept_change', { report, id: 'f1', ...accepting });
    expect(dataOf(result)).toEqual({ accepted: false });
    await expect(readFile(join(mcp.root, 'wireproof.yml'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('refuses a client that can not ask its user', async () => {
    await using mcp = await connected({ files, given: { 'allow-accept': 'true' } });
    const { report } = dataOf<Verdict>(await mcp.call('compare_captures', comparing));
    const refused = await mcp.call('accept_change', { report, id: 'f1', ...accepting });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toContain('can not ask its user');
    await expect(readFile(join(mcp.root, 'wireproof.yml'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
