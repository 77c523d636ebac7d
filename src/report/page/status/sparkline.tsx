import { rate } from '../../monitor/quantities.ts';

const WIDTH = 140;
const HEIGHT = 24;

/** A small line of rates, from nothing to the most; where nothing was looked at it is interrupted. */
export function Sparkline({ points }: { points: readonly (number | null)[] }) {
  const known = points.filter((point) => point !== null);
  const most = Math.max(...known, 0);
  const least = Math.min(...known, most);
  if (known.length === 0) return <span class="muted">–</span>;
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={`between ${rate(least)} and ${rate(most)}, last ${rate(known.at(-1) ?? 0)}`}
    >
      {lines(points, most).map((line) => (
        <polyline key={line} points={line} />
      ))}
    </svg>
  );
}

function lines(points: readonly (number | null)[], most: number): string[] {
  const step = WIDTH / Math.max(points.length - 1, 1);
  const found: string[][] = [[]];
  points.forEach((point, at) => {
    if (point === null) {
      found.push([]);
      return;
    }
    const x = (at * step).toFixed(1);
    const y = (HEIGHT - 2 - (most === 0 ? 0 : point / most) * (HEIGHT - 4)).toFixed(1);
    found.at(-1)?.push(`${x},${y}`);
  });
  return found
    .filter((line) => line.length > 0)
    .map((line) => (line.length === 1 ? [...line, ...line] : line).join(' '));
}
