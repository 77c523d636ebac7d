import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBrowser } from '../../support/browser.ts';
import { readContent } from '../../support/reading.ts';
import { answerJson, recordHar, withServer } from '../../support/recorded-har.ts';
import { withFolder } from '../../support/with-file.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const SCRIPT = `(async () => {
  const json = { 'content-type': 'application/json' };
  await (await fetch('/orders?b=2', { method: 'POST', headers: json, body: '{"x":1}' })).json();
  await (await fetch('/form', { method: 'POST', body: new URLSearchParams({ a: '1' }) })).json();
  await fetch('/gone').catch(() => undefined);
  await (await fetch('/missing')).json();
})()`;

it('reads what Playwright recorded of a real page and a real server', async () => {
  const text = await withServer(
    (request, response) => {
      if (request.url === '/') {
        response.setHeader('content-type', 'text/html').end('<p>Shop</p>');
      } else if (request.url === '/gone') response.destroy();
      else if (request.url === '/missing') answerJson(request, response, 404, { error: 'no' });
      else answerJson(request, response, 200, { id: 7, note: 'é'.repeat(500) });
    },
    (url) => withFolder((folder) => recordHar(browser, folder, url, SCRIPT)),
  );
  const { calls, bad, problems } = await readContent(text);
  expect({ bad, problems }).toEqual({ bad: [], problems: [] });
  const seen = calls.filter(({ path }) => path !== '/favicon.ico');
  expect(
    seen.map(({ method, path, status, requestBody, responseBody }) =>
      [method, path, status, requestBody.state, responseBody.state].join(' '),
    ),
  ).toEqual([
    'GET / 200 absent whole',
    'POST /orders?b=2 200 whole whole',
    'POST /form 200 whole whole',
    'GET /gone  absent absent',
    'GET /missing 404 absent whole',
  ]);
  expect(seen[1]?.requestBody).toEqual({ state: 'whole', text: '{"x":1}' });
  expect(seen[1]?.responseBody).toMatchObject({ text: expect.stringMatching(/^{"id":7,/) });
  for (const { src, dst, latency, status } of seen) {
    expect(src.workload.name).toBe('chromium');
    expect(dst.workload.name).toBe('localhost');
    if (status === undefined) expect(latency).toBeUndefined();
    else expect(latency).toBeGreaterThan(0);
  }
});
