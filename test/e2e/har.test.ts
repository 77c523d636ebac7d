import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run as compare } from '../../src/commands/compare.ts';
import { startBrowser } from '../support/browser.ts';
import { answerJson, recordHar, withServer } from '../support/recorded-har.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

const SCRIPT = `(async () => {
  for (let i = 0; i < 60; i++) await (await fetch('/orders/' + (1000 + i))).json();
})()`;

it('what a browser saw of a server: the same is PASS, a lost field and a new status are FAIL', async () => {
  const browser = await startBrowser();
  try {
    let answer = (id: number): readonly [number, object] => [200, { id, total: 5 * id }];
    await withServer(
      (request, response) => {
        const id = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0);
        if (id === 0) response.setHeader('content-type', 'text/html').end('<p>Shop</p>');
        else answerJson(request, response, ...answer(id));
      },
      (url) =>
        withFolder(async (folder) => {
          const recorded = async (name: string) => {
            const path = join(folder, `${name}.har`);
            await writeFile(path, await recordHar(browser, folder, url, SCRIPT));
            return path;
          };
          const base = await recorded('base');
          const judged = async (name: string) => {
            const files = [base, await recorded(name)];
            const { judgement } = await compare(inputsOf('compare', {}, files), commandIO().io);
            const all = judgement?.findings.filter(({ severity }) => severity === 'breaking') ?? [];
            // Its answers take a millisecond: on a busy machine they do get slower, which is told as it is.
            const breaking = all.filter(({ category }) => category !== 'performance');
            return {
              slower: breaking.length < all.length,
              verdict: judgement?.verdict,
              rules: breaking.map(({ rule, path }) => `${rule} ${path ?? ''}`),
            };
          };
          const same = await judged('same');
          expect(same.rules).toEqual([]);
          expect(same.verdict).toBe(same.slower ? 'FAIL' : 'PASS');
          answer = (id) => [200, { id }];
          expect(await judged('field')).toMatchObject({
            verdict: 'FAIL',
            rules: ['schema.field-removed response 200 /total'],
          });
          answer = (id) => (id % 2 === 0 ? [500, { error: 'no' }] : [200, { id, total: 5 * id }]);
          const { verdict, rules } = await judged('status');
          expect([verdict, String(rules)]).toEqual(['FAIL', expect.stringContaining('error.')]);
        }),
    );
  } finally {
    await browser.close();
  }
});
