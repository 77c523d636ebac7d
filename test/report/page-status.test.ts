import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SinkState } from '../../src/report/monitor/status-data.ts';
import { StatusListener } from '../../src/report/monitor/status-listener.ts';
import { visible } from '../../src/support/escape.ts';
import { freshTemplate, seriousIssues, startBrowser } from '../support/browser.ts';
import {
  alert,
  busySlot,
  FIVE_MINUTES,
  judgedSlot,
  MONDAY,
  normal,
} from '../support/judged-slots.ts';
import { HOSTILE_TOGETHER } from '../support/judgements.ts';
import { openStatus } from '../support/status-server.ts';
import { openDetails } from './page-details.ts';

let browser: Browser;
let template: string;

beforeAll(async () => {
  [browser, template] = await Promise.all([startBrowser(), freshTemplate('status-page.html')]);
});
afterAll(() => browser?.close());

/** axe-core looks at everything that was opened. */
const SLOW_MS = 120_000;
const learned = { ...normal(undefined), days: 7, words: '7 of 7 days' };
const NOW = MONDAY + 2 * FIVE_MINUTES + 25_000;
const SINKS: readonly SinkState[] = [
  { name: 'alertmanager https://am.example', waiting: 0, failing: null },
  {
    name: 'webhook',
    waiting: 3,
    failing: { since: '2026-11-23T14:01:00.000Z', reason: 'it answers 503' },
  },
];

function busy(name?: string): StatusListener {
  const status = new StatusListener(template, () => SINKS);
  for (const nth of [0, 1]) {
    status.slot(busySlot({ nth, ...(name !== undefined && { name }) }));
  }
  return status;
}

const WAYS = [
  ['desktop, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const;

describe.each(WAYS)('the status page on a %s', (_, options) => {
  it(
    'shows what fires with its evidence, what is over, workloads and receivers, by its own file alone',
    async () => {
      await using open = await openStatus(browser, busy(), { ...options, now: NOW });
      const { page, complaints } = open;
      expect(await page.locator('h1').textContent()).toBe('1 alert firing');
      expect(await page.title()).toBe('Wireproof: 1 alert firing');
      const reasons = await page.locator('.reasons').textContent();
      for (const told of ['webhook does not take', '1 more alert silenced', '3.5 of 7 days']) {
        expect(reasons).toContain(told);
      }
      const cards = page.locator('#scope-0 > .findings > .finding');
      expect(await cards.count()).toBe(2);
      await cards.nth(0).locator('> summary').click();
      const body = await cards.nth(0).textContent();
      for (const told of [
        '3.2 % (2.4 % to 4.3 %), usually 0.1 %',
        'connection pool exhausted',
        'response.status >= 500',
        '2 % of 300 calls failed',
        'wireproof-shop-20261123-1405',
      ]) {
        expect(body).toContain(told);
      }
      await page.getByText('1 alert resolved in the last 24 hours').click();
      expect(await page.locator('.list .finding').textContent()).toContain('payment');
      const rows = page.locator('.workloads tbody tr');
      const cells = await rows.nth(0).locator('th, td').allTextContents();
      expect(cells).toEqual(['orders', '1.38/s', '3.1 %', '10 ms', '94.5 ms', '']);
      expect(await rows.nth(0).locator('.sparkline polyline').count()).toBe(1);
      expect(await page.locator('#receivers').textContent()).toContain('it answers 503, 3 waiting');
      expect(await seriousIssues(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(options.viewport.width);
      expect(complaints).toEqual([]);
    },
    SLOW_MS,
  );
});

it('copies the KFL expression', async () => {
  await using open = await openStatus(browser, busy(), {
    now: NOW,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = open;
  await page.locator('.finding > summary').first().click();
  await page.getByRole('button', { name: 'Copy KFL expression' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(alert().kfl);
});

it('follows the monitor: quiet, firing, blind, and gone', async () => {
  const status = new StatusListener(template);
  await using open = await openStatus(browser, status, { now: MONDAY });
  const { page, complaints } = open;
  const shown = async (word: string) => {
    await page.clock.runFor(15_000);
    await page.getByRole('heading', { level: 1, name: word, exact: true }).waitFor();
  };
  await page.getByRole('heading', { name: 'Nothing judged yet' }).waitFor();
  status.slot(judgedSlot({ nth: -1, normal: learned }));
  await shown('All quiet');
  expect(await page.locator('header.PASS').count()).toBe(1);
  status.slot(judgedSlot({ nth: 0, firing: [alert({ severity: 'warning' })] }));
  await shown('1 alert firing');
  expect(await page.locator('header.INCONCLUSIVE').count()).toBe(1);
  status.slot(judgedSlot({ nth: 1 }));
  status.blind('shop', { since: MONDAY, reason: 'connection refused' });
  await shown('Blind');
  expect(await page.locator('.reasons').textContent()).toContain(
    'blind since 2026-11-23 14:00 UTC: connection refused',
  );
  status.blind('shop', undefined);
  await shown('All quiet');
  expect(complaints).toEqual([]);
  open.silence();
  await shown('Not watched');
  expect(await page.locator('.reasons').textContent()).toContain('the monitor does not answer');
});

it('is not green when nothing was judged for three intervals, though the page is served', async () => {
  const status = new StatusListener(template);
  status.slot(judgedSlot({ normal: learned }));
  await using open = await openStatus(browser, status, { now: MONDAY + 5 * FIVE_MINUTES });
  expect(await open.page.locator('h1').textContent()).toBe('Not watched');
  expect(await open.page.locator('.reasons').textContent()).toContain('nothing judged for 19 min');
});

it('without scripts says what fires and loads itself again', async () => {
  await using open = await openStatus(browser, busy(), { now: NOW, javaScriptEnabled: false });
  const text = await open.page.locator('main.plain').textContent();
  expect(text).toContain('Wireproof: 1 alert firing');
  expect(text).toContain('gateway → orders GET /orders/{id}');
  expect(await open.page.locator('meta[http-equiv=refresh]').count()).toBe(1);
});

it.each(HOSTILE_TOGETHER.map((name) => [visible(name, 60), name]))(
  'shows %s harmlessly',
  async (_, name) => {
    await using open = await openStatus(browser, busy(name), {
      now: NOW,
      viewport: { width: 390, height: 844 },
    });
    const { page, complaints } = open;
    await openDetails(page);
    const { tags, links, invisible, wide } = await page.evaluate(() => ({
      tags: [...document.querySelectorAll('body *')].map((e) => e.tagName.toLowerCase()),
      links: [...document.querySelectorAll('[href], [src]')].map(
        (e) => e.getAttribute('href') ?? e.getAttribute('src') ?? '',
      ),
      invisible: [...(document.querySelector('#report')?.textContent ?? '')].filter((c) =>
        /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?![\n\t\r])\p{Cc}/u.test(c),
      ).length,
      wide: document.documentElement.scrollWidth,
    }));
    const own = ['img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'video'];
    expect(tags.filter((tag) => own.includes(tag))).toEqual([]);
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(2);
    for (const link of links) expect(link).toMatch(/^(?:#[\w-]*|(?:status|alerts|summary)\.json)$/);
    expect(invisible).toBe(0);
    expect(wide).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
  },
);
