import type { Edge } from '../compare/edges.ts';
import { visible } from '../support/escape.ts';
import { shown } from './words.ts';

const MAX_LABEL = 80;

interface Diagram {
  readonly nodes: readonly string[];
  readonly arrows: readonly { from: number; to: number; label: string }[];
}

/** The call graph as a Mermaid flowchart. */
export function renderMermaid(edges: readonly Edge[]): string {
  const { nodes, arrows } = diagramOf(edges);
  const lines = [
    ...nodes.map((label, i) => `  n${i}["${mermaidText(label)}"]`),
    ...arrows.map(({ from, to, label }) => `  n${from} -->|"${mermaidText(label)}"| n${to}`),
  ];
  return `flowchart LR\n${lines.join('\n')}\n`;
}

/** The call graph in Graphviz' language. */
export function renderDot(edges: readonly Edge[]): string {
  const { nodes, arrows } = diagramOf(edges);
  const lines = [
    ...nodes.map((label, i) => `  n${i} [label=${dotText(label)}];`),
    ...arrows.map(({ from, to, label }) => `  n${from} -> n${to} [label=${dotText(label)}];`),
  ];
  return `digraph calls {\n  rankdir=LR;\n  node [shape=box];\n${lines.join('\n')}\n}\n`;
}

function diagramOf(edges: readonly Edge[]): Diagram {
  const ids = new Map<string, number>();
  const idOf = (label: string) => {
    const known = ids.get(label);
    if (known !== undefined) return known;
    ids.set(label, ids.size);
    return ids.size - 1;
  };
  const arrows = edges.map(({ from, caller, to, calls, perHandledCall }) => ({
    from: idOf(from ?? `${caller} (by itself)`),
    to: idOf(to),
    label: perHandledCall === null ? `${calls} calls` : `${shown(perHandledCall)} a call`,
  }));
  return { nodes: [...ids.keys()], arrows };
}

/** Mermaid takes characters by number (`#35;`), and nothing else of them for syntax. */
function mermaidText(text: string): string {
  return visible(text, MAX_LABEL).replace(
    /[^\p{L}\p{N} /.,_()→…×-]/gu,
    (char) => `#${char.codePointAt(0)};`,
  );
}

function dotText(text: string): string {
  return `"${visible(text, MAX_LABEL).replace(/["\\]/g, '\\$&')}"`;
}
