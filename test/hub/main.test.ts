import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { syntheticCalls } from './synthetic.ts';

const [first, second] = syntheticCalls({ calls: 2, start: 1000, span: 1000 });
const newest = { name: 'list_api_calls', arguments: { limit: 1, format: 'full' } };

it('serves a file from the command line, and what is appended to it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'));
  const capture = join(folder, 'calls.ndjson');
  writeFileSync(capture, `${JSON.stringify(first)}\n`);
  const hub = spawn(process.execPath, [
    'test/hub/main.ts',
    ...['--capture', capture, '--port', '0', '--token', 'secret', '--preview', '8'],
  ]);
  try {
    const [url] = (await once(createInterface({ input: hub.stdout }), 'line')) as [string];
    const ask = async (headers: Record<string, string>) => {
      const body = JSON.stringify(newest);
      const response = await fetch(`${url}/api/mcp/tools/call`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    };
    expect((await ask({})).status).toBe(401);
    const before = await ask({ 'x-kubeshark-authorization': 'secret' });
    expect(before.text).toContain(`"id":"${first?.id}"`);
    expect(before.text).toContain('"resp_body":"{\\"id\\":0,"');
    expect(before.text).toContain('"conn_id":18000000000000000000');
    expect(before.text).toContain('"total":1,"truncated":false');
    appendFileSync(capture, `${JSON.stringify(second)}\n`);
    const after = await ask({ authorization: 'Bearer secret' });
    expect(after.text).toContain(`"id":"${second?.id}"`);
    expect(after.text).toContain('"total":2,"truncated":true');
  } finally {
    hub.kill();
    rmSync(folder, { recursive: true });
  }
});
