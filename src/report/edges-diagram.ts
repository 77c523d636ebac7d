import type { Edge } from '../compare/edges.ts';
import { visible } from '../support/escape.ts';
import { type Arrow, numberNodes, renderFlowchart } from './flowchart.ts';
import { shown, sourceName } from './words.ts';

const MAX_LABEL = 80;

/** The call graph as a Mermaid flowchart. */
export function renderMermaid(edges: readonly Edge[]): string {
  return renderFlowchart(edges.map(arrowOf));
}

/** The call graph in Graphviz' language. */
export function renderDot(edges: readonly Edge[]): string {
  const { nodes, numbered } = numberNodes(edges.map(arrowOf));
  const lines = [
    ...nodes.map((label, i) => `  n${i} [label=${dotText(label)}];`),
    ...numbered.map(({ from, to, label }) => `  n${from} -> n${to} [label=${dotText(label)}];`),
  ];
  return `digraph calls {\n  rankdir=LR;\n  node [shape=box];\n${lines.join('\n')}\n}\n`;
}

function arrowOf(edge: Edge): Arrow {
  const { to, calls, perHandledCall } = edge;
  const label = perHandledCall === null ? `${calls} calls` : `${shown(perHandledCall)} a call`;
  return { from: sourceName(edge), to, label };
}

function dotText(text: string): string {
  return `"${visible(text, MAX_LABEL).replace(/["\\]/g, '\\$&')}"`;
}
