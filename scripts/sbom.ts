import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is kept of npm's bill: nothing that changes by the hour, the folder or npm's version. */
interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly unknown[];
  readonly hashes?: readonly unknown[];
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

interface Bill {
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

/**
 * The bill of materials of a bundle (CycloneDX, JSON): of npm's bill of the whole lock file the
 * packages in these folders, whichever of them npm takes for tools, and what they need of each other.
 */
export function sbomOf(folders: ReadonlySet<string>): string {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const all = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' })) as Bill;
  const bundled = new Set([...folders].map(referenceOf));
  const components = all.components.filter((one) => bundled.has(one['bom-ref'])).map(plain);
  const known = new Set(components.map((one) => one['bom-ref']));
  const lost = [...bundled].filter((ref) => !known.has(ref));
  if (lost.length > 0) throw new Error(`npm sbom knows nothing of ${lost.join(', ')}`);
  const { name, version } = packageIn('.');
  const component = { ...plain(all.metadata.component), type: 'application', name, version };
  const refs = [component['bom-ref'], ...known].sort();
  const bill = {
    $schema: `http://cyclonedx.org/schema/bom-${all.specVersion}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion: all.specVersion,
    version: 1,
    metadata: { lifecycles: [{ phase: 'build' }], component },
    components: components.sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
    dependencies: refs.map((ref) => ({ ref, dependsOn: needs(ref, known, all.dependencies) })),
  };
  return `${JSON.stringify(bill)}\n`;
}

function plain({ 'bom-ref': ref, type, name, version, purl, licenses, hashes }: Component) {
  return {
    'bom-ref': ref,
    type,
    name,
    version,
    purl,
    ...(licenses && { licenses }),
    ...(hashes && { hashes }),
  };
}

/** The nearest known packages below one, past those that are left out. */
function needs(from: string, known: ReadonlySet<string>, all: readonly Dependency[]): string[] {
  const below = new Map(all.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const found = new Set<string>();
  const met = new Set([from]);
  for (const ref of met) {
    for (const next of below.get(ref) ?? []) (known.has(next) ? found : met).add(next);
  }
  return [...found].filter((ref) => ref !== from).sort();
}

function referenceOf(folder: string): string {
  const { name, version } = packageIn(folder);
  return `${name}@${version}`;
}

function packageIn(folder: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
