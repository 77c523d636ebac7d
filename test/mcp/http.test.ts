import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/commands/mcp.ts';
import { openContext } from '../../src/mcp/context.ts';
import { Sessions } from '../../src/mcp/http/sessions.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';
import { served, TOKEN } from './serving.ts';

const BEARER = { authorization: `Bearer ${TOKEN}` };
const JSON_TYPES = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};
const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
});

/** One request with headers of all sorts, `Host` among them. */
async function ask(url: string, headers: Record<string, string>, body?: string, method = 'POST') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    headers: NodeJS.Dict<string | string[]>;
    body: string;
  }>();
  const asked = request(url, { method, headers: { ...JSON_TYPES, ...headers } }, (answer) => {
    text(answer).then(
      (told) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: told }),
      reject,
    );
  });
  asked.on('error', reject);
  asked.end(body);
  return promise;
}

async function client(url: string): Promise<Client> {
  const made = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: BEARER },
  });
  await made.connect(transport as Transport);
  return made;
}

describe('over HTTP', () => {
  it('serves several clients, each with its own session', async () => {
    await using server = await served();
    const clients = [await client(server.url), await client(server.url)];
    for (const one of clients) expect((await one.listTools()).tools).toHaveLength(7);
    for (const one of clients) await one.close();
  });

  it('refuses who lacks the token, and says which kind it wants', async () => {
    await using server = await served();
    const without = await ask(server.url, {}, INITIALIZE);
    expect(without.status).toBe(401);
    expect(without.headers['www-authenticate']).toBe('Bearer realm="wireproof"');
    for (const token of ['', 'x', `${TOKEN}x`, TOKEN.slice(1)]) {
      const wrong = await ask(server.url, { authorization: `Bearer ${token}` }, INITIALIZE);
      expect(wrong.status).toBe(401);
      expect(wrong.body).not.toContain(TOKEN);
    }
    expect((await ask(server.url, BEARER, INITIALIZE)).status).toBe(200);
    await expect(
      new Client({ name: 'test', version: '1' }).connect(
        new StreamableHTTPClientTransport(new URL(server.url)) as Transport,
      ),
    ).rejects.toThrow();
  });

  it('answers no page of another site', async () => {
    await using server = await served();
    const { host, origin } = new URL(server.url);
    const asks = (headers: Record<string, string>) =>
      ask(server.url, { ...BEARER, ...headers }, INITIALIZE).then(({ status }) => status);
    expect(await asks({ host: 'evil.example' })).toBe(421);
    expect(await asks({ origin: 'https://evil.example' })).toBe(403);
    expect(await asks({ origin: 'null' })).toBe(403);
    expect(await asks({ host: `localhost:${host.split(':')[1]}`, origin })).toBe(200);
  });

  it('refuses other paths, methods, sessions and bodies than there are', async () => {
    await using server = await served();
    const elsewhere = new URL('/', server.url).href;
    expect((await ask(elsewhere, BEARER, INITIALIZE)).status).toBe(404);
    expect((await ask(server.url, BEARER, undefined, 'GET')).status).toBe(400);
    const stranger = { ...BEARER, 'mcp-session-id': 'nobody' };
    expect((await ask(server.url, stranger, INITIALIZE)).status).toBe(404);
    expect((await ask(server.url, BEARER, 'x'.repeat(2_000_000))).status).toBe(413);
    expect((await ask(server.url, BEARER, '{')).status).toBe(400);
  });

  it('ends with the signal, and with it the streams of its clients', async () => {
    await using server = await served();
    await client(server.url);
    await server.stop();
    await expect(ask(server.url, BEARER, INITIALIZE)).rejects.toThrow('ECONNREFUSED');
  });

  it('warns where it can be reached from elsewhere', async () => {
    await using server = await served({}, { serve: '0.0.0.0:0' });
    expect(server.noted[0]).toContain('from other machines');
    const { port } = new URL(server.url);
    const own = `http://127.0.0.1:${port}/mcp`;
    expect((await ask(own, {}, INITIALIZE)).status).toBe(401);
    const page = { ...BEARER, host: 'wireproof.example', origin: 'https://wireproof.example' };
    expect((await ask(own, page, INITIALIZE)).status).toBe(200);
    const other = { ...page, origin: 'https://evil.example' };
    expect((await ask(own, other, INITIALIZE)).status).toBe(403);
  });

  it('does not start without a token, or where it can not listen', async () => {
    const { io } = commandIO();
    const without = run(inputsOf('mcp', { serve: '127.0.0.1:0' }), {
      ...io,
      serveMcp: async () => {},
    });
    await expect(without).rejects.toMatchObject({ exitCode: 2, message: /token/ });
    await using server = await served();
    const taken = served({}, { serve: new URL(server.url).host });
    await expect(taken).rejects.toMatchObject({ exitCode: 2, message: /--serve/ });
  });
});

describe('sessions', () => {
  it('are bounded, and idle ones make room', () =>
    withFolder(async (root) => {
      const { createServer } = await import('node:http');
      const context = await openContext(inputsOf('mcp', { root }), new Map(), commandIO().io);
      let now = 0;
      const sessions = new Sessions(context, () => now);
      const server = createServer(async (asked, response) => {
        const refusal = await sessions.answer(asked, response);
        if (refusal) response.writeHead(refusal.status).end();
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/mcp`;
      try {
        const first = await ask(url, {}, INITIALIZE);
        const id = { 'mcp-session-id': String(first.headers['mcp-session-id']) };
        const others = await Promise.all(
          Array.from({ length: 40 }, () => ask(url, {}, INITIALIZE)),
        );
        expect(others.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(31);
        while ((await ask(url, {}, INITIALIZE)).status === 200);
        expect((await ask(url, {}, INITIALIZE)).status).toBe(503);
        const ping = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'ping' });
        now += 50_000;
        expect((await ask(url, id, ping)).status).toBe(200);
        now += 20_000;
        expect((await ask(url, {}, INITIALIZE)).status).toBe(200);
        expect((await ask(url, id, ping)).status).toBe(200);
        now += 3_600_000;
        await sessions.sweep();
        expect((await ask(url, id, ping)).status).toBe(404);
      } finally {
        await sessions.close();
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    }));
});
