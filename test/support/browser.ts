import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildPage } from '../../scripts/pages.ts';
import type { Investigation } from '../../src/incident/investigation.ts';
import { renderHtml } from '../../src/report/html.ts';
import type { PageName } from '../../src/report/html-template.ts';
import { renderInvestigationHtml } from '../../src/report/incident/incident-html.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the Chromium that is installed. Throws where there is none: these tests are not left out. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('no Chromium: apt-get install chromium, or set CHROMIUM to its path');
  }
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args, timeout: 0 });
  // The test's own limit ends what hangs.
  browser.on('context', (context) => context.setDefaultTimeout(0));
  return browser;
}

const templates = new Map<PageName, Promise<string>>();

/** A page as the sources give it, not as dist/ has it. */
export function freshTemplate(name: PageName = 'report-page.html'): Promise<string> {
  let template = templates.get(name);
  if (!template) {
    template = buildPage(name).then((page) => page.template);
    templates.set(name, template);
  }
  return template;
}

export interface OpenReport {
  readonly page: Page;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Errors and warnings of the console, exceptions, dialogs, and whatever it wanted to load. */
  readonly complaints: readonly string[];
}

/** Opens a judgement's page from a file and listens to everything that should not be. */
export async function openReport(
  browser: Browser,
  folder: string,
  judgement: Judgement,
  options: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<OpenReport> {
  return openPage(browser, folder, renderHtml(judgement, await freshTemplate()), options);
}

/** The same of an investigation's page, its times in a zone beside UTC. */
export async function openIncident(
  browser: Browser,
  folder: string,
  investigation: Investigation,
  options: BrowserContextOptions = {},
): Promise<OpenReport> {
  const times = { timeZone: 'Europe/Berlin' };
  const html = renderInvestigationHtml(investigation, times, await freshTemplate());
  return openPage(browser, folder, html, options);
}

async function openPage(
  browser: Browser,
  folder: string,
  html: string,
  options: BrowserContextOptions & { readonly hash?: string },
): Promise<OpenReport> {
  const path = join(folder, 'report.html');
  await writeFile(path, html);
  const { hash = '', ...context } = options;
  const url = pathToFileURL(path).href;
  const page = await (await browser.newContext(context)).newPage();
  const complaints = complaintsOf(page, (asked) => asked.split('#')[0] === url);
  await page.goto(url + hash);
  return { page, bytes: Buffer.byteLength(html), complaints };
}

/** Errors and warnings of the console, exceptions, dialogs, and whatever it loads that it may not. */
export function complaintsOf(page: Page, mayLoad: (url: string) => boolean): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!mayLoad(request.url())) complaints.push(`request: ${request.url()}`);
  });
  page.on('websocket', (socket) => complaints.push(`socket: ${socket.url()}`));
  return complaints;
}

/** What axe-core finds serious or critical, a line each. */
export const seriousIssues = (page: Page) => issuesOf(page, {});

/** The same of colours alone. */
export const contrastIssues = (page: Page) => issuesOf(page, { runOnly: ['color-contrast'] });

async function issuesOf(page: Page, options: axe.RunOptions): Promise<string[]> {
  await page.evaluate(axe.source);
  const asked = JSON.stringify({ ...options, resultTypes: ['violations'] });
  const results = (await page.evaluate(`axe.run(document, ${asked})`)) as axe.AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}
