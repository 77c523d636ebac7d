import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findingId } from '../../src/compare/finding-id.ts';
import { anchorOf } from '../../src/report/anchor.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { contrastIssues, openReport, seriousIssues, startBrowser } from '../support/browser.ts';
import { shopJudgement } from '../support/shop-judgement.ts';

let browser: Browser;
let folder: string;
let failed: Judgement;
let passed: Judgement;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-page-'));
  [browser, failed, passed] = await Promise.all([
    startBrowser(),
    shopJudgement(),
    shopJudgement([]),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** axe-core looks at everything that was opened. */
const SLOW_MS = 180_000;

const WAYS = [
  ['desktop', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
] as const;

/** In both schemes of colours; what else axe-core looks at is the same in either. */
async function expectAccessible(page: Page): Promise<void> {
  expect(await seriousIssues(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await contrastIssues(page)).toEqual([]);
}

describe.each(WAYS)('the report on a %s', (_, options) => {
  it(
    'shows the verdict, the findings, the graph and the curves, and loads nothing',
    async () => {
      const { page, complaints } = await openReport(browser, folder, failed, options);
      expect(await page.locator('h1').textContent()).toBe('FAIL');
      expect(await page.locator('.headline').isVisible()).toBe(true);
      const causes = failed.findings.filter(({ causedBy }) => causedBy === undefined);
      expect(await page.locator('.findings > .finding').count()).toBe(causes.length);
      const cards = page.locator('.findings > .finding');
      for (let i = 0; i < causes.length; i++) await cards.nth(i).locator('> summary').click();
      expect(await page.locator('.curve.before .stroke').count()).toBeGreaterThan(0);
      expect(await page.locator('.curve.after .stroke').count()).toBeGreaterThan(0);
      expect(await page.locator('.schema tr.gone').first().textContent()).toContain('currency');
      expect(await page.locator('.statuses rect.kind-server').count()).toBeGreaterThan(0);
      await page.locator('#graph').scrollIntoViewIfNeeded();
      await page.locator('.graph .edge.appeared').first().waitFor({ state: 'attached' });
      expect(await page.locator('.graph .edge.vanished').count()).toBeGreaterThan(0);
      await page.locator('#operations').scrollIntoViewIfNeeded();
      await page.locator('.operation-row').first().waitFor();
      await page.locator('.operation-row > summary').first().click();
      await expectAccessible(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(options.viewport.width);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );

  it(
    'of a PASS shows the verdict and the graph by workload',
    async () => {
      const { page, complaints } = await openReport(browser, folder, passed, options);
      expect(await page.locator('h1').textContent()).toBe('PASS');
      await page.locator('#graph').scrollIntoViewIfNeeded();
      const orders = page.locator('.graph .node', { hasText: 'orders' }).first();
      await orders.waitFor();
      const before = await page.locator('.graph .node').count();
      await orders.click();
      expect(await page.locator('.graph .node').count()).toBeGreaterThan(before);
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );
});

it('opens at the finding that a link names, whatever the filter says', async () => {
  const effect = failed.findings.find(({ causedBy }) => causedBy !== undefined);
  const anchor = anchorOf(findingId(effect as NonNullable<typeof effect>));
  const { page } = await openReport(browser, folder, failed, { hash: `#${anchor}` });
  const card = page.locator(`#${anchor}`);
  await card.locator('> .finding-body').waitFor();
  expect(await card.isVisible()).toBe(true);
  await page.locator('input[type=search]').fill('nothing has such a name');
  expect(await page.locator('.finding').count()).toBe(0);
  const other = anchorOf(findingId(failed.findings[0] as NonNullable<typeof effect>));
  await page.evaluate((hash) => {
    location.hash = hash;
  }, other);
  await page.locator(`#${other} > .finding-body`).waitFor();
  await page.context().close();
});

it('searches and filters', async () => {
  const { page } = await openReport(browser, folder, failed);
  await page.locator('input[type=search]').fill('currency');
  const cards = page.locator('.findings > .finding');
  expect(await cards.count()).toBeGreaterThan(0);
  for (const text of await cards.allTextContents()) expect(text).toContain('currency');
  await page.locator('input[type=search]').fill('');
  await page.getByRole('button', { name: /^breaking/ }).click();
  expect(await page.locator('.findings > .finding.breaking').count()).toBe(0);
  await page.getByLabel('Category').selectOption('coverage');
  expect(await page.locator('.findings > .finding:not(.info)').count()).toBe(0);
  await page.context().close();
});

it('says the verdict, the reasons and the findings without scripts', async () => {
  const { page, complaints } = await openReport(browser, folder, failed, {
    javaScriptEnabled: false,
  });
  const text = await page.locator('main').textContent();
  expect(text).toContain('FAIL');
  expect(text).toContain(failed.reasons[0]);
  for (const { summary } of failed.findings.slice(0, 5)) expect(text).toContain(summary);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('changes its colours by a button', async () => {
  const { page } = await openReport(browser, folder, failed, { colorScheme: 'light' });
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  await page.getByRole('button', { name: 'Show in dark colours' }).click();
  expect(await colour()).not.toBe(light);
  await page.getByRole('button', { name: 'Show in light colours' }).click();
  expect(await colour()).toBe(light);
  await page.context().close();
});

it('copies the acceptance and the KFL expression', async () => {
  const { page } = await openReport(browser, folder, failed);
  await page.locator('.findings > .finding > summary').first().click();
  const card = page.locator('.findings > .finding').first();
  for (const label of ['KFL expression', 'acceptance']) {
    const wanted = await card.getByLabel(label, { exact: true }).textContent();
    await card.getByRole('button', { name: `Copy ${label}` }).click();
    await card.getByText('Copied').first().waitFor();
    await page.locator('input[type=search]').fill('');
    await page.locator('input[type=search]').focus();
    await page.keyboard.press('Control+V');
    const pasted = await page.locator('input[type=search]').inputValue();
    expect(pasted.replace(/\s+/g, '')).toBe(wanted?.replace(/\s+/g, ''));
    await page.locator('input[type=search]').fill('');
    await card.locator('> summary').focus();
    if ((await card.locator('> .finding-body').count()) === 0)
      await card.locator('> summary').click();
  }
  await page.context().close();
});
