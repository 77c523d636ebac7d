import type { Page } from 'playwright-core';

/** Opens everything that can be opened, what that brings with it as well. */
export async function openDetails(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    for (let round = 0; round < 10; round++) {
      const closed = document.querySelectorAll<HTMLElement>('details:not([open]) > summary');
      if (closed.length === 0) return;
      for (const summary of closed) summary.click();
      await drawn();
    }
  });
}
