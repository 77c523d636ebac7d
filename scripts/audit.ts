import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Vulnerability {
  readonly severity: string;
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
}

export interface Audit {
  /** One line a package that fails it, or that is only told. */
  readonly lines: readonly string[];
  readonly ok: boolean;
}

const GRAVE = ['high', 'critical'];

/**
 * What `npm audit --json` found: whatever is known of a package that is bundled fails it; of one that
 * only builds or tests, what is high or critical. Where the registry gave no answer, it says so.
 */
export function judgeAudit(answer: string, bundled: ReadonlySet<string>): Audit {
  const { vulnerabilities, message } = parsed(answer);
  if (vulnerabilities === undefined) {
    const why = message ?? 'no answer';
    return { ok: true, lines: [`npm audit: the registry can't be asked (${why})`] };
  }
  const all = Object.entries(vulnerabilities).sort(([a], [b]) => (a < b ? -1 : 1));
  const isBad = ([name, { severity }]: [string, Vulnerability]) =>
    bundled.has(name) || GRAVE.includes(severity);
  const lines = all.map(([name, { severity, via }]) => {
    const causes = via.map((one) => (typeof one === 'string' ? one : `${one.title} ${one.url}`));
    return `${name}${bundled.has(name) ? ' (bundled)' : ''}: ${severity}: ${causes.join('; ')}`;
  });
  return { ok: !all.some(isBad), lines: [...lines, `npm audit: ${all.length} found`] };
}

function parsed(answer: string): {
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
  readonly message?: string;
} {
  try {
    return JSON.parse(answer);
  } catch {
    return {};
  }
}

/** Names of the packages that are in dist/. */
export function bundledPackages(): Set<string> {
  const { components } = JSON.parse(readFileSync('dist/sbom.cdx.json', 'utf8')) as {
    components: readonly { readonly name: string }[];
  };
  return new Set(components.map(({ name }) => name));
}

if (import.meta.main) {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
  const { lines, ok } = judgeAudit(stdout, bundledPackages());
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = ok ? 0 : 1;
}
