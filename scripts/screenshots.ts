import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Judgement } from '../src/verdict/judgement.ts';
import { openIncident, openReport, startBrowser } from '../test/support/browser.ts';
import { investigation } from '../test/support/investigations.ts';
import { asGitHubShows } from './screenshots/github-markdown.ts';

/**
 * The pictures of the report and of the job summary, from a report folder (by default what `npm run
 * demo` found in version 2), and of a sample investigation. The summary's mark needs a font with emoji (fonts-noto-color-emoji).
 *
 *   npm run demo && node scripts/screenshots.ts [REPORT_DIR]
 */
const reports = process.argv[2] ?? join('wireproof-report', 'demo', 'version-2');
const out = join('docs', 'images');
/** Each costs every visitor of the README. */
const MAX_BYTES = 200_000;

const folder = await mkdtemp(join(tmpdir(), 'wireproof-screenshots-'));
const browser = await startBrowser();
try {
  await mkdir(out, { recursive: true });
  const judgement = JSON.parse(await readFile(join(reports, 'report.json'), 'utf8'));
  await pictureReport(ofNoMachine(judgement));
  await pictureIncident();
  await pictureSummary(await readFile(join(reports, 'report.md'), 'utf8'));
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** The first screen, and one finding opened: that of a latency, where there is one. */
async function pictureReport(judgement: Judgement): Promise<void> {
  const viewport = { width: 1180, height: 1120 };
  const { page } = await openReport(browser, folder, judgement, { viewport });
  const slow = page.locator('.findings > .finding', { hasText: 'P95 rose' }).first();
  if ((await slow.count()) > 0) await slow.locator('> summary').click();
  await page.evaluate('document.activeElement.blur(); scrollTo(0, 0)');
  await page.mouse.move(0, 0);
  const path = join(out, 'report.png');
  await page.screenshot({ path });
  await check(path);
}

/** The answer, the origin and how it spread. */
async function pictureIncident(): Promise<void> {
  const options = { viewport: { width: 1180, height: 980 }, reducedMotion: 'reduce' } as const;
  const { page } = await openIncident(browser, folder, investigation(), options);
  await page.locator('#cascade .node').first().waitFor();
  const path = join(out, 'incident.png');
  await page.screenshot({ path });
  await check(path);
}

/** Without the folder, the commit and the branch in which the demo happened to run. */
function ofNoMachine(judgement: Judgement): Judgement {
  const { baselineOrigin } = judgement;
  if (!baselineOrigin) return judgement;
  const { commit: _, ref: __, repository: ___, place, ...origin } = baselineOrigin;
  return { ...judgement, baselineOrigin: { ...origin, place: basename(place) } };
}

async function pictureSummary(markdown: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1340, height: 780 } });
  await page.setContent(asGitHubShows(markdown));
  const path = join(out, 'summary.png');
  await page.screenshot({ path });
  await check(path);
}

async function check(path: string): Promise<void> {
  const { size } = await stat(path);
  process.stdout.write(`${path}: ${size} bytes\n`);
  if (size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
}
