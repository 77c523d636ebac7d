import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { generateNdjson } from '../support/records.ts';
import { withFile } from '../support/with-file.ts';

class Stream extends EventEmitter {
  text = '';
  readonly isTTY = false;
  write(text: string): void {
    this.text += text;
  }
}

async function run(argv: readonly string[]) {
  const stdout = new Stream();
  const stderr = new Stream();
  const { signal } = new AbortController();
  const code = await runCommandLine(argv, { stdout, stderr, env: {}, signal });
  return { code, out: stdout.text, err: stderr.text };
}

const capture = generateNdjson({ requests: 60 });

it('prints the document of calls and of their profile alike', async () => {
  await withFile('calls.ndjson', capture, async (path) => {
    const { code, out } = await run(['openapi', path]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out).paths)).toContain('/api/orders/{orderId}');
    const profile = join(dirname(path), 'profile.json');
    expect((await run(['profile', path, '-o', profile])).code).toBe(0);
    expect((await run(['openapi', profile])).out).toBe(out);
  });
});

it('writes the document of one workload to a file', async () => {
  await withFile('calls.ndjson', capture, async (path) => {
    const file = join(dirname(path), 'orders.json');
    const { code, out, err } = await run(['openapi', path, '--workload', 'orders', '-o', file]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('OpenAPI document written to');
    expect(JSON.parse(await readFile(file, 'utf8')).info.title).toBe('orders');
  });
});

it('tells a misspelt workload from a capture without HTTP', async () => {
  await withFile('calls.ndjson', capture, async (path) => {
    const misspelt = await run(['openapi', path, '--workload', 'order']);
    expect(misspelt.code).toBe(2);
    expect(misspelt.err).toContain('did you mean orders?');
    const [query] = capture.split('\n').filter((line) => line.includes('"proto":"postgresql"'));
    await writeFile(path, `${query}\n`);
    const none = await run(['openapi', path, '--workload', 'orders']);
    expect(none.code).toBe(3);
    expect(none.err).toContain('no workload serves HTTP in');
  });
});
