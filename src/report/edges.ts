import type { Edge } from '../compare/edges.ts';
import { visible } from '../support/escape.ts';
import { grouped, shown, sourceName } from './words.ts';

/** The call graph for a terminal: below each operation handled, what it calls. */
export function renderEdges(edges: readonly Edge[]): string {
  const lines: string[] = [];
  let heading: string | undefined;
  for (const edge of edges) {
    const { to, calls, perHandledCall } = edge;
    const of = visible(sourceName(edge));
    if (of !== heading) lines.push(of);
    heading = of;
    const rate = perHandledCall === null ? '' : `, ${shown(perHandledCall)} per call handled`;
    lines.push(`  → ${visible(to)} (${grouped(calls)}${rate})`);
  }
  return lines.length === 0 ? 'no calls\n' : `${lines.join('\n')}\n`;
}
