import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { withFolder } from '../support/with-file.ts';
import { served, withToken } from './serving.ts';

const SUITE = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));

/** What this server offers, and so must pass. */
const OFFERED = [
  'dns-rebinding-protection',
  'logging-set-level',
  'ping',
  'prompts-list',
  'resources-list',
  'server-initialize',
  'server-sse-multiple-streams',
  'tools-call-error',
  'tools-call-simple-text',
  'tools-list',
];

/** What the suite can ask of a server alone that has its own fixtures. */
const fixtures = (kind: string, names: readonly string[]) =>
  names.map((name) => [name, `calls a ${kind} that only a server made for the suite has`]);
const NOT_OFFERED = Object.fromEntries([
  ...fixtures('tool', [
    'elicitation-sep1034-defaults',
    'elicitation-sep1330-enums',
    'json-schema-2020-12',
    'server-sse-polling',
    'tools-call-audio',
    'tools-call-elicitation',
    'tools-call-embedded-resource',
    'tools-call-image',
    'tools-call-mixed-content',
    'tools-call-sampling',
    'tools-call-with-logging',
    'tools-call-with-progress',
  ]),
  ...fixtures('resource', [
    'resources-read-binary',
    'resources-read-text',
    'resources-templates-read',
  ]),
  ...fixtures('prompt', [
    'completion-complete',
    'prompts-get-embedded-resource',
    'prompts-get-simple',
    'prompts-get-with-args',
    'prompts-get-with-image',
  ]),
  ['resources-subscribe', 'subscriptions are not offered: reports do not change'],
  ['resources-unsubscribe', 'subscriptions are not offered: reports do not change'],
]) as Readonly<Record<string, string>>;

it('passes the official conformance suite for what it offers', () =>
  withFolder(async (folder) => {
    await using server = await served();
    await using way = await withToken(server.url);
    const expected = join(folder, 'expected.yml');
    await writeFile(expected, stringify({ server: Object.keys(NOT_OFFERED) }));
    const options = ['--url', way.url, '--suite', 'all', '--expected-failures', expected];
    const child = spawn(process.execPath, [SUITE, 'server', ...options, '-o', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    const passed = [...out.matchAll(/^✓ (\S+): \d+ passed, 0 failed$/gm)].map(([, name]) => name);
    const failed = [...out.matchAll(/^✗ (\S+):/gm)].map(([, name]) => name);
    expect(passed.sort()).toEqual(OFFERED);
    expect(failed.sort()).toEqual(Object.keys(NOT_OFFERED).sort());
    expect(code).toBe(0);
  }));
