import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visible } from '../../src/support/escape.ts';
import { openIncident, seriousIssues, startBrowser } from '../support/browser.ts';
import {
  abstaining,
  bearingIncident,
  investigation,
  largeIncident,
} from '../support/investigations.ts';
import { HOSTILE_TOGETHER } from '../support/judgements.ts';
import { openDetails } from './page-details.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-page-'));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** axe-core looks at everything that was opened. */
const SLOW_MS = 180_000;
const STILL = { reducedMotion: 'reduce' } as const;

const WAYS = [
  ['desktop, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const;

async function openAll(page: Page): Promise<void> {
  await page.locator('#looked-at').scrollIntoViewIfNeeded();
  if ((await page.locator('#cascade').count()) > 0) {
    await page.locator('#cascade').scrollIntoViewIfNeeded();
    await page.locator('.cascade .node').first().waitFor();
  }
  await openDetails(page);
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe.each(WAYS)('an investigation on a %s', (_, options) => {
  it(
    'answers first, then shows why, how it spread, and when, and loads nothing',
    async () => {
      const opened = await openIncident(browser, folder, investigation(), { ...options, ...STILL });
      const { page, complaints } = opened;
      expect(await page.title()).toBe('Wireproof: Origin: inventory');
      expect(await page.locator('h1').textContent()).toBe('Origin: inventory');
      const banner = (await page.locator('header.verdict').textContent()) ?? '';
      for (const told of [
        'inventory ran out of connections',
        'began 14:28:03 UTC',
        '15:28:03 Europe/Berlin',
        'over after 10 min',
        '12.4 %',
        '87 %',
      ]) {
        expect(banner).toContain(told);
      }
      expect(await page.locator('.cause.first .why li').count()).toBe(3);
      await openAll(page);
      expect(await page.locator('.cascade .node').count()).toBe(4);
      expect(await page.locator('.cascade .node.from-here').textContent()).toContain('inventory');
      expect(await page.locator('.cascade .edge').count()).toBe(3);
      const spread = await page.locator('.spread').textContent();
      expect(spread).toContain('reservation failed');
      const lanes = page.locator('.track svg');
      expect(await lanes.count()).toBe(4);
      expect(await lanes.nth(0).getAttribute('aria-label')).toMatch(
        /^inventory: [\d,]+ calls, [\d,]+ failed, P95 ≤ 5,0\d0 ms$/,
      );
      expect(await lanes.nth(0).locator('line.onset').count()).toBe(1);
      expect(await lanes.nth(0).locator('line.event').count()).toBe(1);
      const moments = await page.locator('.moment-row').allTextContents();
      expect(moments.length).toBe(7);
      expect(moments[0]).toContain('2026-11-2314:23:03 UTC15:23:03 Europe/Berlin');
      expect(await page.locator('#factors a').getAttribute('href')).toBe(
        'https://github.com/acme/inventory/deployments/42',
      );
      for (const [id, told] of [
        ['users', '1,192 (61.4 %)'],
        ['ruled-out', 'payment'],
        ['findings', '503 in 1,204 of 1,310 calls'],
        ['next', 'Compare the pool size'],
        ['looked-at', 'wireproof-shop-20261123-1430'],
      ] as const) {
        expect(await page.locator(`#${id}`).textContent()).toContain(told);
      }
      expect(await page.locator('#findings').textContent()).not.toContain('Accept it');
      expect(await seriousIssues(page)).toEqual([]);
      expect(await widthOf(page)).toBeLessThanOrEqual(options.viewport.width);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );

  it(
    'without enough evidence says so, why, and first of all what to capture next',
    async () => {
      const opened = await openIncident(browser, folder, abstaining(), { ...options, ...STILL });
      const { page, complaints } = opened;
      expect(await page.locator('h1').textContent()).toBe('Not enough evidence');
      expect(await page.locator('header.INCONCLUSIVE .reasons li').count()).toBe(2);
      const titles = await page.locator('h2').allTextContents();
      expect(titles).toEqual([
        'What to capture next',
        'Timeline',
        'Ruled out',
        'What was looked at',
      ]);
      expect(await page.locator('header.verdict').textContent()).not.toContain('confidence');
      await openAll(page);
      expect(await seriousIssues(page)).toEqual([]);
      expect(await widthOf(page)).toBeLessThanOrEqual(options.viewport.width);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );
});

describe('the cascade', () => {
  const shown = (page: Page) => page.locator('.cascade .edge:not(.waiting)').count();

  it('stands still where motion is not wanted, plays by the keyboard, and pauses', async () => {
    const { page } = await openIncident(browser, folder, investigation(), STILL);
    await page.clock.install();
    await page.locator('#cascade').scrollIntoViewIfNeeded();
    await page.locator('.cascade .node').first().waitFor();
    await page.clock.runFor(3_000);
    expect(await shown(page)).toBe(3);
    const play = page.getByRole('button', { name: 'Play' });
    await play.focus();
    await page.keyboard.press('Enter');
    expect(await shown(page)).toBe(0);
    await page.clock.runFor(1_300);
    expect(await shown(page)).toBe(1);
    expect(await page.locator('.cascade output').textContent()).toBe(
      '2026-11-23 14:28:08 UTC (15:28:08 Europe/Berlin): checkout POST /checkout',
    );
    await page.keyboard.press('Enter');
    await page.clock.runFor(5_000);
    expect(await shown(page)).toBe(1);
    await page.keyboard.press('Enter');
    await page.clock.runFor(5_000);
    expect(await shown(page)).toBe(3);
    await play.waitFor();
    await page.context().close();
  });

  it('is gone through step by step, in order of onset, by its slider', async () => {
    const { page } = await openIncident(browser, folder, investigation(), STILL);
    await page.locator('#cascade').scrollIntoViewIfNeeded();
    const slider = page.getByRole('slider', { name: 'Step of the cascade' });
    await slider.focus();
    await page.keyboard.press('Home');
    const told: string[] = [];
    for (let i = 0; i < 4; i++) {
      told.push((await page.locator('.cascade output').textContent()) ?? '');
      expect(await shown(page)).toBe(i);
      await page.keyboard.press('ArrowRight');
    }
    expect(told.map((words) => words.split(': ')[1])).toEqual([
      undefined,
      'checkout POST /checkout',
      'gateway POST /api/checkout',
      'restock POST /jobs',
    ]);
    await page.context().close();
  });

  it('begins by itself when it is seen, where motion is welcome', async () => {
    const { page } = await openIncident(browser, folder, investigation(), {
      reducedMotion: 'no-preference',
    });
    await page.clock.install();
    await page.locator('#cascade').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.clock.runFor(6_000);
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await shown(page)).toBe(3);
    await page.context().close();
  });
});

it('tells of a moment that is looked at in each lane, by its slider', async () => {
  const { page } = await openIncident(browser, folder, investigation(), STILL);
  const figures = page.locator('.track-figures');
  const whole = await figures.nth(0).textContent();
  const slider = page.getByRole('slider', { name: 'Moment to look at' });
  await slider.focus();
  await page.keyboard.press('Home');
  expect(await figures.nth(0).textContent()).toMatch(/^180 calls1 failedP95 42 ms$/);
  expect(await page.locator('.track line.looked-at').count()).toBe(4);
  expect(await slider.getAttribute('aria-valuetext')).toBe(
    '2026-11-23 14:20:03 UTC (15:20:03 Europe/Berlin)',
  );
  await page.getByRole('button', { name: 'All of the time' }).click();
  expect(await figures.nth(0).textContent()).toBe(whole);
  await page.context().close();
});

it('of hundreds of everything opens, is bounded, and shows more when asked', async () => {
  const { page, bytes, complaints } = await openIncident(browser, folder, largeIncident(), STILL);
  expect(bytes).toBeLessThan(5_000_000);
  expect(await page.locator('.moment-row').count()).toBe(40);
  expect(await page.locator('.track svg').count()).toBe(12);
  await page.locator('#timeline').getByRole('button', { name: 'Show 40 more' }).click();
  expect(await page.locator('.moment-row').count()).toBe(80);
  await page.locator('#cascade').scrollIntoViewIfNeeded();
  await page.locator('.cascade .node').first().waitFor();
  expect(await page.locator('.cascade .edge').count()).toBe(120);
  expect(await page.locator('#cascade').textContent()).toContain('479 more edges not drawn');
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('without scripts says the answer, why, when and what to do', async () => {
  const { page, complaints } = await openIncident(browser, folder, investigation(), {
    javaScriptEnabled: false,
  });
  const text = await page.locator('main.plain').textContent();
  for (const told of [
    'Wireproof: Origin: inventory',
    'inventory ran out of connections',
    'Began 2026-11-23 14:28:03 UTC (15:28:03 Europe/Berlin)',
    '1,204 of its 1,310 calls waited',
    'checkout POST /checkout: Errors rose from 0.2 % to 90 %.',
    'Compare the pool size',
  ]) {
    expect(text).toContain(told);
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

it.each(HOSTILE_TOGETHER.map((name) => [visible(name, 60), name]))(
  'shows %s harmlessly',
  async (_, name) => {
    const { page, complaints } = await openIncident(browser, folder, bearingIncident(name), {
      ...STILL,
      viewport: { width: 390, height: 844 },
    });
    await openAll(page);
    const { tags, links, invisible } = await page.evaluate(() => ({
      tags: [...document.querySelectorAll('body *')].map((e) => e.tagName.toLowerCase()),
      links: [...document.querySelectorAll('[href], [src]')].map(
        (e) => e.getAttribute('href') ?? e.getAttribute('src') ?? '',
      ),
      invisible: [...(document.querySelector('#report')?.textContent ?? '')].filter((c) =>
        /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?![\n\t\r])\p{Cc}/u.test(c),
      ).length,
    }));
    const own = ['img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'video'];
    expect(tags.filter((tag) => own.includes(tag))).toEqual([]);
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(2);
    for (const link of links) expect(link).toMatch(/^#[\w-]*$/);
    expect(invisible).toBe(0);
    expect(await widthOf(page)).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
