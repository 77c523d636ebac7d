import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findingId } from '../../src/compare/finding-id.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { openReport, seriousIssues, startBrowser } from '../support/browser.ts';
import { configured, finding } from '../support/judgements.ts';
import { shopJudgement } from '../support/shop-judgement.ts';

let browser: Browser;
let folder: string;
let failed: Judgement;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-page-'));
  [browser, failed] = await Promise.all([startBrowser(), shopJudgement()]);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const cards = (page: Page) => page.locator('.findings > .finding');

it('sets aside what is accepted, and says by whom, until when and why', async () => {
  const accepted = { reason: 'planned', expires: '2026-12-31', by: 'ada' };
  const [first, ...rest] = failed.findings;
  const findings = [{ ...(first as NonNullable<typeof first>), accepted }, ...rest];
  const { page } = await openReport(browser, folder, { ...failed, findings });
  const breaking = failed.findings.filter(({ severity }) => severity === 'breaking').length;
  expect(await page.locator('.headline').textContent()).toMatch(
    new RegExp(`^${breaking - 1} breaking differences.*, 1 accepted$`),
  );
  const last = cards(page).last();
  expect(await last.locator('> summary .chip').textContent()).toBe('accepted');
  expect(await last.locator('> summary').textContent()).toContain(
    'accepted by ada until 2026-12-31: planned',
  );
  await page.getByRole('button', { name: /^breaking/ }).click();
  expect(await page.locator('.findings > .finding.breaking').count()).toBe(0);
  await page.getByRole('button', { name: 'accepted 1' }).click();
  expect(await page.locator('.findings > .finding.accepted').count()).toBe(0);
  await page.context().close();
});

it('says of what is undecided why no PASS is given beside it', async () => {
  const undecided = 'too few calls tell a new error from a rare one';
  const findings = [
    finding({ severity: 'warning', undecided }),
    finding({ severity: 'info', path: 'status 500', undecided }),
  ];
  const { page } = await openReport(browser, folder, { ...failed, findings });
  expect(await cards(page).nth(0).locator('.chip').textContent()).toBe('undecided');
  expect(await cards(page).nth(0).textContent()).toContain(
    `undecided, so no PASS is given: ${undecided}`,
  );
  expect(await cards(page).nth(1).locator('.chip').count()).toBe(0);
  await page.context().close();
});

it('lists what the configuration ignores, and acceptances that do nothing', async () => {
  const { page, complaints } = await openReport(browser, folder, { ...failed, ...configured });
  const part = page.locator('#configuration');
  const text = await part.textContent();
  for (const told of ['ignored by header.*: proxies', 'expired', 'proposed here', 'unused']) {
    expect(text).toContain(told);
  }
  await part.getByText('Which').click();
  expect(await part.locator('.ignored').textContent()).toBe('header.removed a band 2 more');
  expect(await seriousIssues(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
  const plain = await openReport(browser, folder, failed);
  expect(await plain.page.getByText('Configuration').count()).toBe(0);
  await plain.page.context().close();
});

it('draws the edge of an ignored finding, and links to nothing that is not there', async () => {
  const isNew = (rule: string) => rule === 'call.new-destination';
  const taken = failed.findings.filter(({ rule }) => isNew(rule)).map(findingId);
  const { page, complaints } = await openReport(browser, folder, {
    ...failed,
    findings: failed.findings.filter(({ rule }) => !isNew(rule)),
    ignored: [{ entry: 'call.new-destination', reason: 'known', count: 1, findings: taken }],
  });
  await page.locator('#graph').scrollIntoViewIfNeeded();
  await page.locator('.graph .edge.appeared').first().waitFor({ state: 'attached' });
  const labels = await page.locator('.edge-label.appeared').allTextContents();
  expect(labels.filter((label) => label.endsWith('(ignored)'))).not.toEqual([]);
  for (const summary of await page.locator('summary').all()) await summary.click();
  const dead = await page.evaluate(() =>
    [...document.querySelectorAll('main a[href^="#"]')]
      .map((link) => (link.getAttribute('href') as string).slice(1))
      .filter((id) => document.getElementById(id) === null),
  );
  expect(dead).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('says what would have been seen, and where the baseline comes from', async () => {
  const [first] = failed.coverage.compared;
  const operation = first?.operation ?? '';
  const { page } = await openReport(browser, folder, {
    ...failed,
    coverage: {
      ...failed.coverage,
      compared: [
        {
          operation,
          baseline: 149,
          candidate: 165,
          visible: { slowdown: 1.4, newError: 0.03, vanished: null },
        },
      ],
    },
    baselineOrigin: {
      place: 'git:main',
      commit: '0123456789abcdef',
      ref: 'refs/heads/main',
      wireproof: '0.1.0',
      windows: 3,
      tooOld: 0,
      end: 0,
      ageMs: 7_200_000,
    },
  });
  expect(await page.locator('.windows').textContent()).toContain(
    'Baseline from git:main, commit 0123456789ab, refs/heads/main, 3 windows, 2 h old',
  );
  await page.getByText('The smallest changes that would have been found').click();
  expect(await page.locator('.visible tbody tr').first().textContent()).toBe(
    `${operation}149 → 1651.4×3 %none`,
  );
  await page.locator('#operations').scrollIntoViewIfNeeded();
  const row = page.locator('.operation-row', { hasText: operation }).first();
  await row.locator('> summary').click();
  expect(await row.textContent()).toContain('1.4× slower, new errors in 3 %, no loss for certain');
  await page.context().close();
});
