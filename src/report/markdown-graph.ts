import type { EdgeChange } from '../compare/edge-changes.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { edgeLabel } from './edge-label.ts';
import { type Arrow, renderFlowchart } from './flowchart.ts';
import type { Limits } from './markdown.ts';
import { leftOut } from './markdown-table.ts';
import { type SetAside, setAsideBy } from './set-aside.ts';
import { counted, sourceName } from './words.ts';

/** Mermaid draws no text longer than 50,000 characters. */
const MAX_DIAGRAM = 48_000;

const LEGEND =
  'Thick: new. Dashed: gone. Solid and coloured: changed, with the calls a handled call before → after. Without colour: no finding.';

/** The call graph around the edges that changed, drawn; nothing when none did. */
export function graphSection(judgement: Judgement, limits: Limits): string {
  const { graph } = judgement;
  if (!graph) return '';
  const { edges } = graph;
  const changed = edges.filter(({ change }) => change !== 'same').length;
  const [drawing, drawn] = draw(edges.slice(0, limits.edges), setAsideBy(judgement));
  const parts = [
    `## Call graph\n\n${counted(changed, 'edge')} of the call graph changed.`,
    drawn === 0 ? '' : `\n\n${LEGEND}\n\n\`\`\`mermaid\n${drawing}\`\`\``,
    leftOut(edges.length, drawn, 'edge'),
  ];
  if (graph.leftOut > 0) {
    parts.push(`\n\n${counted(graph.leftOut, 'edge')} around them left out of every report.`);
  }
  return parts.join('');
}

/** As many of the edges as Mermaid draws, the first ones; and their number. */
function draw(edges: readonly EdgeChange[], setAside: SetAside): [drawing: string, drawn: number] {
  if (edges.length === 0) return ['', 0];
  const drawing = renderFlowchart(edges.map((edge) => arrowOf(edge, setAside)));
  if (drawing.length <= MAX_DIAGRAM) return [drawing, edges.length];
  return draw(edges.slice(0, Math.floor(edges.length / 2)), setAside);
}

const LINES: Readonly<Record<EdgeChange['change'], NonNullable<Arrow['line']>>> = {
  appeared: 'thick',
  vanished: 'dashed',
  changed: 'solid',
  same: 'solid',
};

function arrowOf(edge: EdgeChange, setAside: SetAside): Arrow {
  const { to, change } = edge;
  return {
    from: sourceName(edge),
    to,
    label: edgeLabel(edge, setAside),
    line: LINES[change],
    marked: change !== 'same',
  };
}
