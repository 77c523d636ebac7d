import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openReport, startBrowser } from '../support/browser.ts';
import { shopJudgement } from '../support/shop-judgement.ts';

let browser: Browser;
let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-page-'));
  browser = await startBrowser();
  ({ page } = await openReport(browser, folder, await shopJudgement()));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const inner = element.querySelector('rect');
    return {
      name: `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent}`,
      ring:
        style.outlineStyle !== 'none' || (inner && getComputedStyle(inner).strokeWidth === '3px'),
    };
  });

it('reaches everything that does something, in the order it stands, and shows where it is', async () => {
  await page.locator('#graph').scrollIntoViewIfNeeded();
  await page.locator('.graph').waitFor();
  await page.locator('#operations').scrollIntoViewIfNeeded();
  await page.locator('.operation-row').first().waitFor();
  await page.getByRole('button', { name: 'All, by workload' }).click();
  await page.locator('.graph .toggles').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  const things = 'a[href], button, input, select, summary, [tabindex="0"]';
  const all = await page.locator(things).count();
  const seen: string[] = [];
  await page.locator('.brand').focus();
  const first = await focused();
  for (let i = 0; i < all; i++) {
    const { name, ring } = await focused();
    seen.push(name);
    if (i > 0) expect(ring, name).toBe(true);
    await page.keyboard.press('Tab');
  }
  expect(seen[0]).toBe(first.name);
  const order = await page
    .locator(things)
    .evaluateAll((elements) =>
      elements.map(
        (element) =>
          `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent}`,
      ),
    );
  expect(seen).toEqual(order);
});

it('opens a finding by Enter and closes it by Escape, from inside too', async () => {
  const card = page.locator('.findings > .finding').first();
  await card.locator('> summary').focus();
  await page.keyboard.press('Enter');
  await card.locator('> .finding-body').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await card.locator('> .finding-body').waitFor({ state: 'detached' });
  expect(await card.locator('> summary').evaluate((e) => e === document.activeElement)).toBe(true);
});

it('opens a node of the graph by Enter', async () => {
  const node = page.locator('.graph .toggles', { hasText: 'orders' }).first();
  await node.waitFor();
  const before = await page.locator('.graph .node').count();
  await node.focus();
  expect(await focused()).toMatchObject({ ring: true });
  await page.keyboard.press('Enter');
  expect(await page.locator('.graph .node').count()).not.toBe(before);
});

it('searches after a stroke of /, and Escape empties the search', async () => {
  await page.locator('.brand').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('currency');
  const search = page.locator('input[type=search]');
  expect(await search.inputValue()).toBe('currency');
  await page.keyboard.press('Escape');
  expect(await search.inputValue()).toBe('');
});
