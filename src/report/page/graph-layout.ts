import { Graph, layout } from '@dagrejs/dagre';
import { visible } from '../../support/escape.ts';
import type { Drawing, DrawnEdge, DrawnNode } from './graph-model.ts';

/** Characters of a node's two lines, and what one of them is wide. */
const MAX_LINE = 34;
const CHARACTER = 6.7;
const PADDING = 24;

export interface PlacedNode extends DrawnNode {
  readonly lines: readonly [workload: string, target: string];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge extends DrawnEdge {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly at: readonly [x: number, y: number];
  readonly labelWidth: number;
}

export interface Placed {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** Places nodes in layers from callers to callees. */
export function place({ nodes, edges }: Drawing): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 42, edgesep: 8, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  const measured = nodes.map((node) => {
    const lines = linesOf(node);
    const longest = Math.max(...lines.map((text) => text.length));
    const width = Math.round(longest * CHARACTER + PADDING + (node.hidden > 0 ? 26 : 0));
    const height = lines[1] === '' ? 32 : 44;
    graph.setNode(node.name, { width, height });
    return { ...node, lines, width, height };
  });
  for (const { from, to, label } of edges) {
    graph.setEdge(from, to, {
      width: label === '' ? 0 : widthOf(label),
      height: 18,
      labelpos: 'c',
    });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    nodes: measured.map((node) => {
      const { x, y } = graph.node(node.name) as { x: number; y: number };
      return { ...node, x, y };
    }),
    edges: edges.map((edge) => {
      const placed = graph.edge(edge.from, edge.to) as {
        points: { x: number; y: number }[];
        x?: number;
        y?: number;
      };
      return {
        ...edge,
        points: placed.points.map(({ x, y }) => [x, y] as const),
        at: [placed.x ?? 0, placed.y ?? 0],
        labelWidth: widthOf(edge.label),
      };
    }),
    width,
    height,
  };
}

function widthOf(label: string): number {
  return label.length * 6.4 + 12;
}

function linesOf({ name, folded }: DrawnNode): readonly [string, string] {
  const space = name.indexOf(' ');
  if (folded || space < 0) return [cut(name), ''];
  return [cut(name.slice(0, space)), cut(name.slice(space + 1))];
}

function cut(text: string): string {
  return visible(text, MAX_LINE).slice(0, 2 * MAX_LINE);
}
