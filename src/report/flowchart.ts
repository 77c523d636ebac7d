import { forMermaid } from '../support/escape.ts';

const MAX_LABEL = 80;
/** A colour that stands out on a light and on a dark page. */
const MARK = 'stroke:#d1571b,color:#d1571b';

const LINES = { solid: '-->', thick: '==>', dashed: '-.->' } as const;

/** An arrow between two labels; equal labels are one node. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Solid where not said. */
  readonly line?: keyof typeof LINES;
  /** Coloured. */
  readonly marked?: boolean;
}

type NumberedArrow = Omit<Arrow, 'from' | 'to'> & { readonly from: number; readonly to: number };

/** The nodes of a diagram in order of appearance, and the arrows by the nodes' numbers. */
export function numberNodes(arrows: readonly Arrow[]): {
  readonly nodes: readonly string[];
  readonly numbered: readonly NumberedArrow[];
} {
  const ids = new Map<string, number>();
  const idOf = (label: string) => {
    const known = ids.get(label) ?? ids.size;
    ids.set(label, known);
    return known;
  };
  const numbered = arrows.map((arrow) => ({
    ...arrow,
    from: idOf(arrow.from),
    to: idOf(arrow.to),
  }));
  return { nodes: [...ids.keys()], numbered };
}

/** A Mermaid flowchart from left to right. */
export function renderFlowchart(arrows: readonly Arrow[]): string {
  const { nodes, numbered } = numberNodes(arrows);
  const lines = [
    ...nodes.map((label, i) => `  n${i}["${forMermaid(label, MAX_LABEL)}"]`),
    ...numbered.map(
      ({ from, to, label, line = 'solid' }) =>
        `  n${from} ${LINES[line]}|"${forMermaid(label, MAX_LABEL)}"| n${to}`,
    ),
  ];
  const marked = arrows.flatMap((arrow, i) => (arrow.marked ? [i] : []));
  if (marked.length > 0) lines.push(`  linkStyle ${marked.join(',')} ${MARK}`);
  return `flowchart LR\n${lines.join('\n')}\n`;
}
