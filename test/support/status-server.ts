import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StatusListener } from '../../src/report/monitor/status-listener.ts';
import { complaintsOf } from './browser.ts';

export interface OpenStatus extends AsyncDisposable {
  readonly page: Page;
  readonly url: string;
  readonly complaints: readonly string[];
  /** From now on nothing is answered. */
  silence(): void;
}

/** Serves a listener's routes on the loopback and opens its page. */
export async function openStatus(
  browser: Browser,
  status: StatusListener,
  { now, ...context }: BrowserContextOptions & { readonly now: number },
): Promise<OpenStatus> {
  let silent = false;
  const server = createServer(({ url }, response) => {
    const answer = status.routes().get(url ?? '')?.();
    if (silent) return void response.destroy();
    response.writeHead(answer?.status ?? (answer ? 200 : 404), {
      'content-type': answer?.type ?? 'text/plain',
    });
    response.end(answer?.body ?? '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const page = await (await browser.newContext(context)).newPage();
  await page.clock.install({ time: now });
  const complaints = complaintsOf(page, (asked) =>
    [url, `${url}status.json`].includes(asked.split('#')[0] ?? ''),
  );
  await page.goto(url);
  return {
    page,
    url,
    complaints,
    silence() {
      silent = true;
    },
    async [Symbol.asyncDispose]() {
      await page.context().close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
