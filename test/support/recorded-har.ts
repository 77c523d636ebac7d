import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that answers in JSON, compressed for whoever takes that. */
export async function withServer<T>(handle: Handler, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Answers JSON, gzipped where the request takes that. */
export function answerJson(
  { headers }: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  const body = Buffer.from(JSON.stringify(value));
  const gzip = /gzip/.test(headers['accept-encoding'] ?? '');
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(gzip && { 'content-encoding': 'gzip' }),
  });
  response.end(gzip ? gzipSync(body) : body);
}

/** The HAR that Playwright records of what `script` does in a page of `url`. */
export async function recordHar(
  browser: Browser,
  folder: string,
  url: string,
  script: string,
): Promise<string> {
  const path = join(folder, 'recorded.har');
  const context = await browser.newContext({ recordHar: { path, content: 'embed' } });
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(script);
  await context.close();
  return readFile(path, 'utf8');
}
