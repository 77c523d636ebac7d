import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/commands/profile.ts';
import { PROMPTS } from '../../src/mcp/prompts.ts';
import { generateNdjson } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { type Connected, connected, unfenced } from './client.ts';

const calls = generateNdjson({ requests: 60 });
const report = { schemaVersion: 1, verdict: 'PASS' };

/** A folder with a capture, a profile, a report that is none, and what must not be served. */
async function filled(): Promise<Connected> {
  const mcp = await connected({
    files: {
      'calls.ndjson': calls,
      'notes.json': '"nothing of ours"',
      'broken.json': JSON.stringify(report),
      'package.json': '{"name":"x"}',
    },
  });
  const path = (...parts: string[]) => join(mcp.root, ...parts);
  await run(
    inputsOf('profile', { output: path('a b', 'base,line.json') }, [path('calls.ndjson')]),
    commandIO().io,
  );
  await mkdir(path('.hidden'));
  await writeFile(path('.hidden', 'calls.ndjson'), calls);
  await mkdir(path('node_modules'));
  await writeFile(path('node_modules', 'calls.ndjson'), calls);
  await symlink('/etc/hostname', path('link.json'));
  return mcp;
}

const PROFILE = 'wireproof://profile/a%20b%2Fbase%2Cline.json';

describe('resources', () => {
  it('are reports and profiles under the root, and no other file', async () => {
    await using mcp = await filled();
    const { resources } = await mcp.client.listResources();
    expect(resources.map(({ uri }) => uri).sort()).toEqual([
      PROFILE,
      'wireproof://profile/calls.ndjson',
      'wireproof://report/broken.json',
    ]);
    const { resourceTemplates } = await mcp.client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'wireproof://report/{id}',
      'wireproof://profile/{id}',
    ]);
  });

  it('hold what was observed, fenced', async () => {
    await using mcp = await filled();
    for (const uri of [PROFILE, 'wireproof://profile/calls.ndjson']) {
      const { contents } = await mcp.client.readResource({ uri });
      const { text, mimeType } = contents[0] as { text: string; mimeType: string };
      expect(mimeType).toBe('text/plain');
      expect(text).toContain('orders GET /api/orders/{id}');
      expect(unfenced(text)).not.toContain('orders');
    }
  });

  it.each([
    'wireproof://profile/..%2Fcalls.ndjson',
    'wireproof://profile/%2Fetc%2Fhostname',
    'wireproof://profile/link.json',
    'wireproof://profile/.hidden%2Fcalls.ndjson',
    'wireproof://profile/%zz',
    'wireproof://report/broken.json',
    'wireproof://report/notes.json',
    'wireproof://report/r-000000000000',
    'file:///etc/hostname',
  ])('%s is refused', async (uri) => {
    await using mcp = await filled();
    await expect(mcp.client.readResource({ uri })).rejects.toThrow(/MCP error/);
  });

  it('and files for prompts are completed', async () => {
    await using mcp = await filled();
    const ref = { type: 'ref/resource' as const, uri: 'wireproof://profile/{id}' };
    const ids = await mcp.client.complete({ ref, argument: { name: 'id', value: 'ca' } });
    expect(ids.completion.values).toEqual(['calls.ndjson']);
    const prompt = { type: 'ref/prompt' as const, name: 'compare_release' };
    const argument = { name: 'before', value: 'a b' };
    const files = await mcp.client.complete({ ref: prompt, argument });
    expect(files.completion.values).toEqual(['a b/base,line.json']);
  });
});

describe('prompts', () => {
  it('say what people say, with what they name', async () => {
    await using mcp = await connected({});
    const { prompts } = await mcp.client.listPrompts();
    expect(prompts).toHaveLength(PROMPTS.length);
    for (const { description, arguments: all = [] } of prompts) {
      expect(description).not.toMatch(/[{}]/);
      for (const { description: about, required } of all) {
        expect(about).toBeTruthy();
        expect(required).toBe(false);
      }
    }
    const { messages } = await mcp.client.getPrompt({
      name: 'why_failing',
      arguments: { symptom: 'login\u202e', window: '2 hours' },
    });
    expect(messages).toHaveLength(1);
    const text = (messages[0] as { content: { text: string } }).content.text;
    expect(text).toMatch(/^Why does login\\u\{202e\} fail\? Look at the last 2 hours\./);
    const usual = await mcp.client.getPrompt({ name: 'why_failing' });
    expect(JSON.stringify(usual)).toContain('Why does checkout fail? Look at the last 30 minutes.');
  });
});
