import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OptionName } from '../../src/commands/options.ts';
import { serve } from '../../src/mcp/serve.ts';
import { commandIO, inputsOf } from '../support/running.ts';

export const TOKEN = 'correct horse battery staple'.replaceAll(' ', '-');

export interface Served extends AsyncDisposable {
  /** Of the protocol, as `http://127.0.0.1:PORT/mcp`. */
  readonly url: string;
  readonly root: string;
  readonly noted: readonly string[];
  /** Ends it, and waits until it has ended. */
  readonly stop: () => Promise<void>;
}

/** The server over HTTP, with a folder of its own. */
export async function served(
  files: Readonly<Record<string, string>> = {},
  given: Partial<Record<OptionName, string>> = {},
): Promise<Served> {
  const root = await mkdtemp(join(tmpdir(), 'wireproof-mcp-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  const all = { root, serve: '127.0.0.1:0', 'mcp-token': TOKEN, ...given };
  const controller = new AbortController();
  const { io, noted } = commandIO();
  const { promise: told, resolve } = Promise.withResolvers<string>();
  const note = (line: string) => {
    noted.push(line);
    const [url] = /http\S+/.exec(line) ?? [];
    if (url) resolve(url);
  };
  const ended = serve(
    inputsOf('mcp', all),
    new Map(Object.entries(all) as [OptionName, string][]),
    {
      ...io,
      progress: { ...io.progress, note },
      signal: controller.signal,
    },
  );
  const url = await Promise.race([told, ended.then(() => Promise.reject(new Error('it ended')))]);
  const stop = () => {
    controller.abort(new Error('stopped'));
    return ended;
  };
  return {
    url,
    root,
    noted,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A way to a server for programs that can't send a token: adds it, and changes nothing else. */
export async function withToken(url: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const target = new URL(url);
  const proxy = createServer((asked, response) => {
    const headers = { ...asked.headers, authorization: `Bearer ${TOKEN}` };
    const { method, url: path } = asked;
    const options = { host: target.hostname, port: target.port, method, path, headers };
    const passed = request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise((done) => proxy.close(done));
    },
  };
}
