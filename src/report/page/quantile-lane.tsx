import type { ScaleLogarithmic } from 'd3-scale';
import type { LatencySide } from '../../compare/view/latency-change.ts';

const QUANTILES = ['p50', 'p95', 'p99'] as const;

/** One side's P50, P95 and P99 on the axis of latencies, each with its interval. */
export function QuantileLane(props: {
  side: LatencySide | null;
  name: 'before' | 'after';
  x: ScaleLogarithmic<number, number>;
  y: number;
}) {
  const { side, name, x, y } = props;
  if (side === null) return null;
  const [least, most] = x.range() as [number, number];
  const at = (value: number | null, open: number) =>
    value === null || value <= 0 ? open : Math.min(most, Math.max(least, x(value)));
  let last = Number.NEGATIVE_INFINITY;
  return (
    <g class={`lane ${name}`}>
      <line class="rail" x1={least} x2={most} y1={y} y2={y} />
      {QUANTILES.map((quantile) => {
        const [value, low, high] = side[quantile];
        const mark = at(value, least);
        // Labels that would lie on one another say nothing.
        const room = mark - last > 30;
        if (room) last = mark;
        return (
          <g key={quantile}>
            <line class="interval" x1={at(low, least)} x2={at(high, most)} y1={y} y2={y} />
            <circle cx={mark} cy={y} r={4.5} />
            {room && (
              <text x={mark} y={y - 8} text-anchor="middle">
                {quantile.toUpperCase()}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
