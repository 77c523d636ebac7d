import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sbomOf } from '../../scripts/sbom.ts';

const bill = z.strictObject({
  $schema: z.url(),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  version: z.literal(1),
  metadata: z.strictObject({
    lifecycles: z.tuple([z.strictObject({ phase: z.literal('build') })]),
    component: z.object({ 'bom-ref': z.string(), name: z.string(), version: z.string() }),
  }),
  components: z.array(
    z.strictObject({
      'bom-ref': z.string(),
      type: z.literal('library'),
      name: z.string(),
      version: z.string(),
      purl: z.string().startsWith('pkg:npm/'),
      licenses: z
        .array(
          z.union([
            z.strictObject({ license: z.strictObject({ id: z.string() }) }),
            z.strictObject({ expression: z.string() }),
          ]),
        )
        .min(1),
      hashes: z.tuple([z.strictObject({ alg: z.literal('SHA-512'), content: z.hex() })]),
    }),
  ),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
/** What may be bundled: asks for no more than to be named. */
const LICENSES = [
  '(Apache-2.0 AND BSD-3-Clause)',
  'Apache-2.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
];

const parsed = (text: string) => bill.parse(JSON.parse(text));
const text = (path: string) => readFileSync(path, 'utf8');

describe('dist/sbom.cdx.json', () => {
  const { metadata, components, dependencies } = parsed(text('dist/sbom.cdx.json'));
  const refs = components.map((one) => one['bom-ref']);

  it('is of this version', () => {
    const { name, version } = JSON.parse(text('package.json'));
    expect(metadata.component).toMatchObject({ name, version });
  });

  it('has the packages that dist/licenses.txt has', () => {
    const listed = text('dist/licenses.txt')
      .split(/^-{80}$/m)
      .flatMap((part) => part.trim().split('\n\n', 1)[0]?.split('\n') ?? [])
      .map((line) => line.split(': ', 1)[0]);
    expect([...new Set(components.map(({ name }) => name))].sort()).toEqual(
      [...new Set(listed)].sort(),
    );
  });

  it('has none under a license that asks for more than to be named', () => {
    const found = components.flatMap(({ licenses }) =>
      licenses.map((one) => ('license' in one ? one.license.id : one.expression)),
    );
    expect([...new Set(found)].sort()).toEqual(LICENSES);
  });

  it('has their versions and hashes from the lock file', () => {
    const { packages } = JSON.parse(text('package-lock.json')) as {
      packages: Record<string, { version: string; integrity: string }>;
    };
    const locked = Object.entries(packages).map(([path, { version, integrity }]) => {
      const name = path.split('node_modules/').at(-1);
      return `${name}@${version} ${integrity}`;
    });
    for (const { name, version, hashes } of components) {
      const base64 = Buffer.from(hashes[0].content, 'hex').toString('base64');
      expect(locked).toContain(`${name}@${version} sha512-${base64}`);
    }
  });

  it('leads from the program to each of them', () => {
    const below = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const met = new Set([metadata.component['bom-ref']]);
    for (const ref of met) for (const next of below.get(ref) ?? []) met.add(next);
    expect([...met].sort()).toEqual([metadata.component['bom-ref'], ...refs].sort());
  });
});

describe('a bill', () => {
  it('is of the packages that are given, whatever leads from one to the other', () => {
    // prom-client needs tdigest, and that bintrees.
    const { components, dependencies } = parsed(
      sbomOf(new Set(['node_modules/prom-client', 'node_modules/bintrees'])),
    );
    expect(components.map(({ name }) => name)).toEqual(['bintrees', 'prom-client']);
    const [bintrees, client] = components.map((one) => one['bom-ref']);
    expect(dependencies.find(({ ref }) => ref === client)?.dependsOn).toEqual([bintrees]);
  });

  it('is refused where a package is not in the lock file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wireproof-sbom-'));
    try {
      writeFileSync(join(folder, 'package.json'), '{"name":"stray","version":"1.0.0"}');
      expect(() => sbomOf(new Set([folder]))).toThrow('stray@1.0.0');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
