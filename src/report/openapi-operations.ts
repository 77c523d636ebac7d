import type { Family } from '../calls/target.ts';
import { OperationStats } from '../profile/operation-stats.ts';
import type { Profile } from '../profile/profile.ts';
import { drawTemplates, templateScope } from '../profile/templates.ts';
import { hintsFor } from '../profile/templates-hints.ts';
import { byCodeUnit, sortedEntries } from '../support/json.ts';
import {
  type PathPart,
  type PathTemplate,
  pathParts,
  pathShape,
  pathTemplate,
} from './openapi-path.ts';

/** One operation of the document, over all workloads that serve it. */
export interface DocumentedOperation {
  /** Lower case, as the document has it. */
  readonly method: string;
  /** Calls by the origin that served them, such as `http://orders`. */
  readonly servers: ReadonlyMap<string, { readonly workload: string; readonly calls: number }>;
  readonly stats: OperationStats;
}

export interface DocumentedPath extends PathTemplate {
  /** In code-unit order of their methods. */
  readonly operations: readonly DocumentedOperation[];
}

export interface Documented {
  /** In code-unit order. */
  readonly paths: readonly DocumentedPath[];
  /** Calls that OpenAPI has no words for, by protocol, or by protocol and method. */
  readonly leftOut: readonly (readonly [what: string, calls: number])[];
}

const PROTOCOLS: ReadonlySet<string> = new Set(['http', 'https', 'http2']);
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PATCH',
  'TRACE',
]);

interface Found {
  readonly parts: PathPart[];
  readonly operations: Map<string, Open>;
}

interface Open {
  readonly servers: Map<string, { workload: string; calls: number }>;
  readonly stats: OperationStats;
}

/** The workloads that serve HTTP, in code-unit order. */
export function httpWorkloads(profile: Profile): string[] {
  const names = profile.families
    .filter(({ family }) => PROTOCOLS.has(family.protocol))
    .map(({ family }) => family.workload);
  return [...new Set(names)].sort(byCodeUnit);
}

/**
 * The operations that OpenAPI can tell of, with their templates drawn; those of two workloads with
 * one path and method are one, as the document has but one place for them. Takes the profile's parts
 * over.
 */
export function documentedOperations(
  profile: Profile,
  serves: (workload: string) => boolean,
  hints: readonly string[] = [],
): Documented {
  const found = new Map<string, Found>();
  const leftOut = new Map<string, number>();
  const families = profile.families.filter(({ family }) => serves(family.workload));
  const scopes = Map.groupBy(families, ({ family }) => templateScope(family));
  for (const members of scopes.values()) {
    const tries = members.map(({ operations }) => operations);
    const told = hintsFor(members[0]?.family.workload ?? '', hints);
    const templates = drawTemplates(tries, (stats) => stats.count, told);
    for (const { family, operations } of members) {
      for (const [segments, stats] of operations.leaves()) {
        const reason = unfit(family);
        if (reason) leftOut.set(reason, (leftOut.get(reason) ?? 0) + stats.count);
        else add(found, family, pathParts(templates.of(segments), segments), stats);
      }
    }
  }
  const paths = [...found.values()].map(({ parts, operations }) => ({
    ...pathTemplate(parts),
    operations: sortedEntries(operations).map(([method, open]) => ({ method, ...open })),
  }));
  return {
    paths: paths.sort((a, b) => byCodeUnit(a.path, b.path)),
    leftOut: sortedEntries(leftOut),
  };
}

function unfit({ protocol, method }: Family): string | undefined {
  if (!PROTOCOLS.has(protocol)) return protocol;
  return METHODS.has(method) ? undefined : `${protocol} ${method}`;
}

function add(
  found: Map<string, Found>,
  { workload, protocol, method }: Family,
  parts: PathPart[],
  stats: OperationStats,
): void {
  const shape = pathShape(parts);
  let path = found.get(shape);
  if (!path) {
    path = { parts, operations: new Map() };
    found.set(shape, path);
  }
  path.parts.forEach((part, i) => {
    const same = parts[i];
    if (typeof part === 'string' || typeof same !== 'object') return;
    for (const one of same.classes) part.classes.add(one);
  });
  const name = method.toLowerCase();
  let operation = path.operations.get(name);
  if (!operation) {
    operation = { servers: new Map(), stats: new OperationStats() };
    path.operations.set(name, operation);
  }
  const url = `${protocol === 'https' ? 'https' : 'http'}://${encodeURIComponent(workload.toWellFormed())}`;
  const server = operation.servers.get(url) ?? { workload, calls: 0 };
  server.calls += stats.count;
  operation.servers.set(url, server);
  operation.stats.merge(stats);
}
