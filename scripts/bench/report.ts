import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshTemplate, openReport, startBrowser } from '../../test/support/browser.ts';
import { largeJudgement } from '../../test/support/large-judgement.ts';

/**
 * How large report.html is, and how long Chromium takes from the address to the first paint and to the
 * page drawn by its script.
 *
 *   node scripts/bench/report.ts [OPERATIONS] [FINDINGS]
 */
const OPERATIONS = Number(process.argv[2] ?? 500);
const FINDINGS = Number(process.argv[3] ?? 2000);
const RUNS = 5;

const folder = await mkdtemp(join(tmpdir(), 'wireproof-bench-'));
const browser = await startBrowser();
try {
  const large = largeJudgement(OPERATIONS, FINDINGS);
  process.stdout.write(`template: ${size((await freshTemplate()).length)}\n`);
  for (let run = 0; run < RUNS; run++) {
    const { page, bytes } = await openReport(browser, folder, large);
    await page.locator('.finding').first().waitFor();
    const loaded = await page.evaluate(
      'performance.getEntriesByType("navigation")[0].loadEventEnd',
    );
    const painted = await page.evaluate(
      'performance.getEntriesByName("first-contentful-paint")[0].startTime',
    );
    process.stdout.write(
      `${OPERATIONS} operations, ${FINDINGS} findings: ${size(bytes)}, painted after ${ms(painted)}, loaded and drawn after ${ms(loaded)}\n`,
    );
    await page.context().close();
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

function ms(value: unknown): string {
  return `${Math.round(Number(value))} ms`;
}

function size(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
