import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../demo/cluster/store.ts';
import type { ShopOptions } from '../../demo/shop.ts';
import type { Variant } from '../../demo/variants.ts';
import { furtherRegressions, harmlessVariants, releaseRegressions } from '../../demo/variants.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import type { Finding } from '../../src/compare/finding.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { captureShop } from './shop-capture.ts';

/** Where each regression must be found, and by which rules. */
const EXPECTED: Readonly<Partial<Record<Variant, readonly [operation: string, rule: RegExp]>>> = {
  'field-lost': ['orders GET /orders/{id}', /^schema\.field-removed$/],
  'error-500': ['inventory GET /products/{id}', /^error\.new-status$/],
  'slow-p95': ['inventory GET /search', /^latency\./],
  'three-queries': ['orders GET /carts/{id}', /^call\.count-changed$/],
  'audit-dropped': ['orders POST /orders', /^call\.missing$/],
  'outside-host': ['payment POST /charges', /^call\.new-destination$/],
  'order-swapped': ['orders POST /orders', /^call\.order-changed$/],
  'retry-storm': ['orders POST /orders', /^call\.(retries|count-changed)$/],
  'auth-lost': ['gateway', /^call\.auth-missing$/],
  'cache-cold': ['inventory GET /products', /^call\./],
  'update-added': ['orders GET /orders/{id}', /^call\.mutation-added$/],
  'cache-control-lost': ['inventory GET /products', /^header\./],
  'date-format': ['orders GET /orders', /^schema\.format-changed$/],
  'answers-mixed': ['inventory GET /stock/{id}', /^schema\.id-mismatched$/],
  'wrong-parameter': ['orders POST /carts/{id}/items', /^call\.id-mismatched$/],
};

const CONCURRENCIES = [1, 8, 32];

/**
 * The gate on the demo's real processes: one capture of version 1 against one capture of each
 * variant, then the share of calls linked to the cause that the services tell.
 *
 *   node scripts/accuracy/shop.ts [FOLDER]   captures that are in FOLDER already are used again
 */
const folder = process.argv[2] ?? join(tmpdir(), 'wireproof-accuracy-shop');
await mkdir(folder, { recursive: true });
const store = await Store.start();
try {
  await judgeVariants();
  await scoreLinks();
} finally {
  await store.kill();
}

async function judgeVariants(): Promise<void> {
  const base = () => profileOf('baseline', { seed: 101 });
  const rows: string[][] = [];
  let seed = 200;
  for (const variant of [
    undefined,
    ...releaseRegressions,
    ...furtherRegressions,
    ...harmlessVariants,
  ]) {
    seed++;
    const options = variant === undefined ? { seed } : { seed, variant };
    const cand = await profileOf(variant ?? 'same', options);
    const { findings } = compareProfiles(await base(), cand, { minSamples: 20 });
    const breaking = findings.filter((finding) => finding.severity === 'breaking');
    const expected = variant && EXPECTED[variant];
    const found = expected && breaking.find((finding) => matches(finding, expected));
    const others = breaking.filter((finding) => !expected || !matches(finding, expected));
    rows.push([
      variant ?? '(the same version)',
      expected ? (found ? 'found' : 'MISSED') : '–',
      others.length === 0 ? 'none' : others.map((f) => `${f.rule} ${f.operation}`).join('; '),
    ]);
  }
  print(['variant', 'expected finding', 'other breaking findings'], rows);
}

function matches(finding: Finding, [operation, rule]: readonly [string, RegExp]): boolean {
  const same = operation.includes(' ')
    ? finding.operation === operation
    : finding.operation.startsWith(`${operation} `);
  return same && rule.test(finding.rule);
}

async function scoreLinks(): Promise<void> {
  const rows: string[][] = [];
  for (const concurrency of CONCURRENCIES) {
    const { calls, truth } = await captureShop(folder, `concurrency-${concurrency}`, {
      store,
      seed: 7,
      concurrency,
    });
    const lines = (await readFile(truth, 'utf8')).trim().split('\n');
    const parents = new Map<string, string | null>(
      lines.map((line) => {
        const { child, parent } = JSON.parse(line) as { child: string; parent: string | null };
        return [child, parent];
      }),
    );
    let all = 0;
    let right = 0;
    await profileCapture(readNdjson(calls), {
      onLink: ({ call, parent }) => {
        all++;
        if ((parents.get(call.id) ?? null) === (parent?.id ?? null)) right++;
      },
    });
    rows.push([String(concurrency), String(all), (right / all).toFixed(4)]);
  }
  print(['requests at a time', 'calls', 'linked rightly'], rows);
}

async function profileOf(name: string, options: Omit<ShopOptions, 'out'>): Promise<Profile> {
  const { calls } = await captureShop(folder, name, { store, ...options });
  return profileCapture(readNdjson(calls));
}

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(`${line(head) + line(head.map(() => '---')) + rows.map(line).join('')}\n`);
}
