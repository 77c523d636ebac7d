import { curveBasis, line } from 'd3-shape';
import { visible } from '../../support/escape.ts';
import type { Placed, PlacedEdge, PlacedNode } from './graph-layout.ts';

const MARKS = ['same', 'appeared', 'vanished', 'changed'] as const;
/** A picture up to this width is shrunk to the page's instead of scrolled. */
const ROOMY = 1500;
const curve = line<readonly [number, number]>().curve(curveBasis);

interface PictureProps {
  readonly placed: Placed;
  readonly onToggle?: (node: PlacedNode) => void;
  readonly label?: string;
  /** What the picture shows, and in which direction. */
  readonly title?: string;
  /** A further class of a node, or of an edge and its label. */
  readonly classOf?: (of: PlacedNode | PlacedEdge) => string;
}

/** A placed graph; nodes that hide something are buttons. */
export function GraphPicture({
  placed,
  onToggle = () => {},
  label = 'Call graph',
  title = 'Call graph: callers on the left, callees on the right',
  classOf = () => '',
}: PictureProps) {
  const { width, height } = placed;
  // What changed is drawn last: on top.
  const edges = placed.edges.toSorted(
    (a, b) => Number(a.change !== 'same') - Number(b.change !== 'same'),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section class="graph scroll" tabIndex={0} aria-label={label}>
      <svg
        class={width < ROOMY ? 'fits' : undefined}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
      >
        <title>{title}</title>
        <Tips />
        {edges.map((edge) => (
          <path
            key={`${edge.from} ${edge.to}`}
            class={`edge ${edge.change} ${classOf(edge)}`}
            d={curve([...edge.points]) ?? ''}
            marker-end={`url(#tip-${edge.change})`}
          />
        ))}
        {placed.nodes.map((node) => (
          <Node key={node.name} node={node} state={classOf(node)} onToggle={onToggle} />
        ))}
        {edges.map((edge) => (
          <Label key={`${edge.from} ${edge.to}`} edge={edge} state={classOf(edge)} />
        ))}
      </svg>
    </section>
  );
}

/** The tips of edges, by what became of these. */
function Tips() {
  return (
    <defs>
      {MARKS.map((mark) => (
        <marker
          key={mark}
          id={`tip-${mark}`}
          class={`tip ${mark}`}
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L10 5L0 10z" />
        </marker>
      ))}
    </defs>
  );
}

function Label({ edge, state }: { edge: PlacedEdge; state: string }) {
  const { label, at, labelWidth, change } = edge;
  if (label === '') return null;
  const [x, y] = at;
  return (
    <g class={`edge-label ${change} ${state}`}>
      <rect x={x - labelWidth / 2} y={y - 9} width={labelWidth} height={18} rx={9} />
      <text x={x} y={y + 4} text-anchor="middle">
        {label}
      </text>
    </g>
  );
}

function Node(props: { node: PlacedNode; state: string; onToggle: (node: PlacedNode) => void }) {
  const { node, state, onToggle } = props;
  const { name, lines, x, y, width, height, hidden, open } = node;
  const toggles = hidden > 0 || open;
  const toggle = () => onToggle(node);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle();
  };
  const behaviour = toggles
    ? {
        role: 'button' as const,
        // SVG knows it in lower case only.
        tabindex: 0,
        'aria-expanded': open,
        onClick: toggle,
        onKeyDown,
      }
    : {};
  const left = -width / 2 + 12;
  return (
    <g
      class={`node ${toggles ? 'toggles' : ''} ${state}`}
      transform={`translate(${x} ${y})`}
      {...behaviour}
    >
      <title>{visible(name, 700)}</title>
      <rect x={-width / 2} y={-height / 2} width={width} height={height} rx={7} />
      <text class="workload" x={left} y={lines[1] === '' ? 4 : -4}>
        {lines[0]}
      </text>
      <text class="target" x={left} y={13}>
        {lines[1]}
      </text>
      {toggles && (
        <text class="count" x={width / 2 - 10} y={4} text-anchor="end">
          {open ? '−' : `+${hidden}`}
        </text>
      )}
    </g>
  );
}
