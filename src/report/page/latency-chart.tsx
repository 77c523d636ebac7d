import { scaleLinear, scaleLog } from 'd3-scale';
import { area, curveMonotoneX, curveStepAfter, line } from 'd3-shape';
import { useState } from 'preact/hooks';
import type { LatencyChange, LatencySide } from '../../compare/view/latency-change.ts';
import { densities, type Point, slowerThan } from './latency-curves.ts';
import { QuantileLane } from './quantile-lane.tsx';
import { QuantileTable } from './quantile-table.tsx';
import { ms } from './text.tsx';

const WIDTH = 640;
const TOP = 12;
const BOTTOM = TOP + 150;
const LANE = 30;
/** Room for the labels of the axis. */
const LABELS = 30;
const HEIGHT = BOTTOM + LABELS + 2 * LANE;
/** Shares of the calls that a line is drawn at. */
const LEVELS = [0.5, 0.05, 0.01];
const SIDES = ['baseline', 'candidate'] as const;
const NAMES = { baseline: 'before', candidate: 'after' } as const;

/** How latencies are spread before and after, overlaid, with quantiles and their intervals. */
export function LatencyChart({ latency, title }: { latency: LatencyChange; title: string }) {
  const [tail, setTail] = useState(false);
  const { curve, baseline, candidate } = latency;
  const x = scaleLog([curve.from, curve.to], [12, WIDTH - 12]);
  const y = scaleLinear([0, 1], [BOTTOM, TOP]);
  const lines = tail ? slowerThan(latency) : densities(latency);
  return (
    <figure class="latency">
      <figcaption>
        <span class="legend">
          <span class="key before">before</span>
          <span class="key after">after</span>
          <span class="muted">logarithmic scale</span>
        </span>
        <button type="button" class="quiet" aria-pressed={tail} onClick={() => setTail(!tail)}>
          Share of calls slower than
        </button>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={describe(title, latency)}>
        {x.ticks(6).map((tick) => (
          <Tick key={tick} tick={tick} at={x(tick)} curve={curve} />
        ))}
        {tail &&
          LEVELS.map((share) => (
            <line key={share} class="level" x1={12} x2={WIDTH - 12} y1={y(share)} y2={y(share)} />
          ))}
        {SIDES.map(
          (side, i) =>
            latency[side] !== null && (
              <Curve key={side} name={NAMES[side]} points={lines[i] ?? []} {...{ x, y, tail }} />
            ),
        )}
        <line class="axis" x1={12} x2={WIDTH - 12} y1={BOTTOM} y2={BOTTOM} />
        {[baseline, candidate].map((side, i) => (
          <QuantileLane
            key={SIDES[i]}
            side={side}
            name={i === 0 ? 'before' : 'after'}
            x={x}
            y={BOTTOM + LABELS + LANE * (i + 0.5)}
          />
        ))}
      </svg>
      <QuantileTable latency={latency} />
    </figure>
  );
}

function Tick(props: { tick: number; at: number; curve: LatencyChange['curve'] }) {
  const { tick, at, curve } = props;
  return (
    <g class="tick">
      <line x1={at} x2={at} y1={TOP} y2={BOTTOM + 4} />
      {isLabelled(tick, curve) && (
        <text x={at} y={BOTTOM + 16} text-anchor="middle">
          {ms(tick)}
        </text>
      )}
    </g>
  );
}

/** One side's; without a filling below it where it tells a tail. */
function Curve(props: {
  name: string;
  points: readonly Point[];
  x: (ms: number) => number;
  y: (height: number) => number;
  tail: boolean;
}) {
  const { name, x, y, tail } = props;
  const points = [...props.points];
  const shape = tail ? curveStepAfter : curveMonotoneX;
  const fill = area<Point>(
    ([at]) => x(at),
    y(0),
    ([, height]) => y(height),
  ).curve(shape);
  const stroke = line<Point>(
    ([at]) => x(at),
    ([, height]) => y(height),
  ).curve(shape);
  return (
    <g class={`curve ${name}`}>
      {!tail && <path class="fill" d={fill(points) ?? ''} />}
      <path class="stroke" d={stroke(points) ?? ''} />
    </g>
  );
}

/** Labels where they have room: decades, and halves and fifths of them on a short axis. */
function isLabelled(tick: number, { from, to }: LatencyChange['curve']): boolean {
  const lead = Number(tick.toExponential()[0]);
  const decades = Math.log10(to / from);
  return lead === 1 || (decades < 2.6 && (lead === 2 || lead === 5)) || decades < 0.5;
}

function describe(title: string, { baseline, candidate }: LatencyChange): string {
  const told = (side: LatencySide | null) =>
    side === null
      ? 'none'
      : `P50 ${ms(side.p50[0])}, P95 ${ms(side.p95[0])}, P99 ${ms(side.p99[0])}`;
  return `Latencies of ${title}. Before: ${told(baseline)}. After: ${told(candidate)}.`;
}
