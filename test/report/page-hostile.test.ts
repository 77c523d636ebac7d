import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { visible } from '../../src/support/escape.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { openReport, startBrowser } from '../support/browser.ts';
import { edge, finding, HOSTILE_TOGETHER, healthy, judgement } from '../support/judgements.ts';
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

/** A judgement with the name wherever a name from traffic can stand. */
function poisoned(name: string): Judgement {
  const seen = { type: name, some: 1, all: 2 };
  return judgement({
    verdict: 'FAIL',
    reasons: [name, name],
    findings: [
      finding({
        operation: name,
        caller: name,
        path: `response ${name} /${name}`,
        summary: name,
        baseline: name,
        candidate: name,
        chain: [name, name],
        kfl: name,
        evidence: [{ callId: name, side: 'candidate', note: name }],
      }),
      finding({ operation: name, rule: 'error.new-status', path: `status ${name}` }),
      finding({ operation: name, rule: 'call.missing', path: name, causedBy: name }),
      finding({ operation: name, accepted: { reason: name, expires: name, by: name } }),
      finding({ operation: name, severity: 'warning', undecided: name }),
    ],
    ignored: [{ entry: name, reason: name, count: 2, findings: [name] }],
    acceptances: {
      unused: [{ rule: name, operation: name, reason: name, expires: name }],
      expired: [{ rule: name, operation: name, reason: name, expires: name }],
      untrusted: [{ rule: name, operation: name, reason: name, expires: name }],
    },
    baselineOrigin: {
      place: name,
      commit: name,
      ref: name,
      repository: name,
      wireproof: name,
      windows: 1,
      tooOld: 1,
      end: 0,
      ageMs: 0,
    },
    graph: {
      edges: [edge({ from: name, caller: name, to: name, change: 'changed', finding: name })],
      leftOut: 0,
    },
    operations: {
      list: [
        {
          operation: name,
          protocol: name,
          calls: { baseline: 1, candidate: 1 },
          statuses: [{ status: name, kind: 'server', baseline: 1, candidate: 1 }],
          callers: [{ caller: name, baseline: 1, candidate: 1 }],
          callees: [{ to: name, baseline: 1, candidate: 2 }],
          schemas: [
            {
              message: `response ${name}`,
              root: {
                name: '',
                baseline: seen,
                candidate: seen,
                children: [{ name, baseline: seen, candidate: null }],
              },
            },
          ],
        },
      ],
      leftOut: 0,
    },
    coverage: {
      ...judgement().coverage,
      notCovered: [{ operation: name, baseline: 1, candidate: 0 }],
      compared: [
        {
          operation: name,
          baseline: 1,
          candidate: 1,
          visible: { slowdown: 2, newError: 0.1, vanished: null },
        },
      ],
      notChecked: [
        { operation: name, family: name, reason: name, samples: { baseline: 1, candidate: 0 } },
      ],
    },
    capture: {
      baseline: { ...healthy, problems: [{ code: name, message: name }] },
      candidate: { ...healthy, clockSkew: { ms: 1, nodes: [name, name] } },
    },
  });
}

const TAGS = new Set([
  'script',
  'img',
  'iframe',
  'object',
  'embed',
  'link',
  'base',
  'form',
  'video',
]);

it.each(HOSTILE_TOGETHER.map((name) => [visible(name, 60), name]))(
  'shows %s harmlessly',
  async (_, name) => {
    const { page, complaints } = await openReport(browser, folder, poisoned(name), {
      viewport: { width: 390, height: 844 },
    });
    for (const part of ['#graph', '#operations', '#configuration', '#captures']) {
      await page.locator(part).scrollIntoViewIfNeeded();
      await page.waitForTimeout(50);
    }
    await openDetails(page);
    const { tags, links, invisible, wide } = await page.evaluate(() => ({
      tags: [...document.querySelectorAll('*')].map((e) => e.tagName.toLowerCase()),
      links: [...document.querySelectorAll('[href], [src]')].map(
        (e) => e.getAttribute('href') ?? e.getAttribute('src'),
      ),
      invisible: [...(document.querySelector('#report')?.textContent ?? '')].filter((c) =>
        /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?![\n\t\r])\p{Cc}/u.test(c),
      ).length,
      wide: document.documentElement.scrollWidth,
    }));
    expect(tags.filter((tag) => TAGS.has(tag) && tag !== 'script')).toEqual([]);
    expect(tags.filter((tag) => tag === 'script')).toHaveLength(2);
    for (const link of links) expect(link).toMatch(/^#[\w-]*$/);
    expect(invisible).toBe(0);
    expect(wide).toBeLessThanOrEqual(390);
    const start = visible(name, 700)
      .slice(0, 20)
      .trim()
      .split(/\s{2,}|\n/)[0] as string;
    expect(await page.locator('main').textContent()).toContain(start);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
