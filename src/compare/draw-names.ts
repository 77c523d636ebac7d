import { formatOperation } from '../calls/operation.ts';
import type { Family } from '../calls/target.ts';
import type { PathTrie } from '../profile/path-trie.ts';
import { familyKey } from '../profile/profile.ts';
import { drawTemplates, type Templates, templateScope } from '../profile/templates.ts';
import { hintsFor } from '../profile/templates-hints.ts';
import { lonelyTemplates, type Seen } from './lonely.ts';

/** The plain form of a target. */
export type Namer = (family: Family, segments: readonly string[]) => string;

/** What of a family's calls templates are drawn from: how often each path was called. */
export interface CountedFamily<T extends { readonly count: number }> {
  readonly family: Family;
  readonly operations: PathTrie<T>;
}

/** Names operations by path templates that are drawn from both sides together. */
export function drawNames<T extends { readonly count: number }>(
  base: readonly CountedFamily<T>[],
  cand: readonly CountedFamily<T>[],
  hints: readonly string[] = [],
): Namer {
  const sides = [
    ...base.map((family) => ({ ...family, side: 'base' as const })),
    ...cand.map((family) => ({ ...family, side: 'cand' as const })),
  ];
  const scopes = Map.groupBy(sides, ({ family }) => templateScope(family));
  const templates = new Map(
    [...scopes].map(([scope, members]) => [scope, drawScope(members, hints)]),
  );
  const known = new WeakMap<Family, Map<string, string>>();
  return (family, segments) => {
    const names = known.get(family) ?? new Map<string, string>();
    known.set(family, names);
    const key = JSON.stringify(segments);
    let name = names.get(key);
    if (name === undefined) {
      name = formatOperation(
        family,
        templates.get(templateScope(family))?.of(segments) ?? segments,
      );
      names.set(key, name);
    }
    return name;
  };
}

type Sided<T extends { readonly count: number }> = CountedFamily<T> & {
  readonly side: 'base' | 'cand';
};

/** Draws once from what is there, and again where that leaves single values without their like. */
function drawScope<T extends { readonly count: number }>(
  members: readonly Sided<T>[],
  hints: readonly string[],
): Templates {
  const tries = members.map(({ operations }) => operations);
  const draw = (all: readonly string[]) => drawTemplates(tries, (stats) => stats.count, all);
  const [first] = members;
  const told = hintsFor(first?.family.workload ?? '', hints);
  const drawn = draw(told);
  if (first?.family.separator !== '/') return drawn;
  const lonely = [...Map.groupBy(members, ({ family }) => familyKey(family)).values()].flatMap(
    (family) => lonelyTemplates(countTemplates(family, drawn)),
  );
  if (lonely.length === 0) return drawn;
  return draw([...told, ...lonely.map((segments) => `/${segments.join('/')}`)]);
}

function countTemplates<T extends { readonly count: number }>(
  members: readonly Sided<T>[],
  drawn: Templates,
): Seen[] {
  const seen = new Map<string, { template: readonly string[]; base: number; cand: number }>();
  for (const { operations, side } of members) {
    for (const [segments, { count }] of operations.leaves()) {
      const template = drawn.of(segments);
      const key = template.join('/');
      const known = seen.get(key) ?? { template, base: 0, cand: 0 };
      known[side] += count;
      seen.set(key, known);
    }
  }
  return [...seen.values()];
}
