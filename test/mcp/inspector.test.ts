import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';
import { served, TOKEN } from './serving.ts';

const INSPECTOR = fileURLToPath(
  new URL(
    '../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
    import.meta.url,
  ),
);

/** What the Inspector's command line prints. */
async function inspect(args: readonly string[], home: string) {
  const child = spawn(process.execPath, [INSPECTOR, '--cli', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: home, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

it("works in the MCP Inspector's command line, over standard streams and over HTTP", () =>
  withFolder(async (folder) => {
    const calls = generateNdjson({ requests: 120 });
    await writeFile(join(folder, 'a.ndjson'), calls);
    const stdio = [process.execPath, 'dist/cli.js', 'mcp', '--root', folder];
    const asking = ['--method', 'tools/call', '--tool-name', 'compare_captures'];
    const args = ['--tool-arg', 'baselines=["a.ndjson"]', 'candidate=a.ndjson'];
    await using http = await served({ 'a.ndjson': calls });
    const header = ['--header', `Authorization: Bearer ${TOKEN}`];
    const [tools, compared] = await Promise.all([
      inspect([http.url, ...header, '--method', 'tools/list', '--strict'], folder),
      inspect([...stdio, ...asking, ...args], folder),
    ]);
    expect(tools).toMatchObject({ code: 0 });
    expect(tools.err).toContain('0 errors');
    expect(JSON.parse(tools.out).tools).toHaveLength(7);
    expect(compared).toMatchObject({ code: 0 });
    expect(JSON.parse(compared.out).structuredContent.verdict).toBe('PASS');
    const refused = await inspect([http.url, '--method', 'tools/list'], folder);
    expect(refused.code).not.toBe(0);
    expect(refused.out).toBe('');
  }));
