import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const pages = ['.', 'docs', 'examples'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

it.each(pages)('%s links to files that are there', (page) => {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '');
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
    ([, link]) => link ?? '',
  );
  for (const link of links) expect(existsSync(join(dirname(page), link)), link).toBe(true);
});
