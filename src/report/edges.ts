import type { Edge } from '../compare/edges.ts';
import { visible } from '../support/escape.ts';
import { grouped, shown } from './words.ts';

/** The call graph for a terminal: below each operation handled, what it calls. */
export function renderEdges(edges: readonly Edge[]): string {
  const lines: string[] = [];
  let heading: string | undefined;
  for (const { from, caller, to, calls, perHandledCall } of edges) {
    const of = from === null ? `${visible(caller)} (by itself)` : visible(from);
    if (of !== heading) lines.push(of);
    heading = of;
    const rate = perHandledCall === null ? '' : `, ${shown(perHandledCall)} per call handled`;
    lines.push(`  → ${visible(to)} (${grouped(calls)}${rate})`);
  }
  return lines.length === 0 ? 'no calls\n' : `${lines.join('\n')}\n`;
}
