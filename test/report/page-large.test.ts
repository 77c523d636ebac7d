import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openReport, startBrowser } from '../support/browser.ts';
import { largeJudgement } from '../support/large-judgement.ts';

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

it('of 500 operations and 2,000 findings is under 5 MB, opens, and reaches the last of them', async () => {
  const large = largeJudgement(500, 2000);
  const { page, bytes, complaints } = await openReport(browser, folder, large);
  expect(bytes).toBeLessThan(5_000_000);
  const causes = large.findings.filter(({ causedBy }) => causedBy === undefined).length;
  expect(await page.getByRole('status').first().textContent()).toContain(
    `${causes.toLocaleString('en')} causes`,
  );
  expect(await page.locator('.finding').count()).toBeLessThan(100);
  const effects = page.locator('.findings > .finding').first();
  await effects.locator('> summary').click();
  expect(await effects.locator('.effects > .finding').count()).toBeGreaterThan(0);
  await page.locator('input[type=search]').fill('/1499');
  await page.locator('.findings > .finding', { hasText: 'resource-499' }).first().waitFor();
  await page.locator('#graph').scrollIntoViewIfNeeded();
  await page.locator('.graph .edge').first().waitFor({ state: 'attached' });
  await page.locator('input[type=search]').fill('resource-499');
  await page.locator('#operations').scrollIntoViewIfNeeded();
  await page.locator('.operation-row', { hasText: 'resource-499' }).first().waitFor();
  expect(complaints).toEqual([]);
});
