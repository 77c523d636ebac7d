import type {
  LatencyChange,
  LatencySide,
  QuantileBounds,
} from '../../compare/view/latency-change.ts';
import { ms } from './text.tsx';

const ROWS = [
  ['P50', 'p50'],
  ['P95', 'p95'],
  ['P99', 'p99'],
] as const;

/** The quantiles of both sides as numbers, with intervals. */
export function QuantileTable({ latency }: { latency: LatencyChange }) {
  const { baseline, candidate, level } = latency;
  return (
    <table class="numbers quantiles">
      <thead>
        <tr>
          <th scope="col">
            <span class="sr">Quantile</span>
          </th>
          <th scope="col">before</th>
          <th scope="col">after</th>
          <th scope="col">ratio</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([name, key]) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>{bounded(baseline, key)}</td>
            <td>{bounded(candidate, key)}</td>
            <td>{ratio(baseline?.[key], candidate?.[key])}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">calls</th>
          <td>{baseline?.calls.toLocaleString('en') ?? '–'}</td>
          <td>{candidate?.calls.toLocaleString('en') ?? '–'}</td>
          <td class="muted">{Math.round(level * 100)} % intervals</td>
        </tr>
      </tbody>
    </table>
  );
}

function bounded(side: LatencySide | null, key: 'p50' | 'p95' | 'p99') {
  if (side === null) return '–';
  const [value, low, high] = side[key];
  return (
    <>
      {ms(value)}{' '}
      <span class="muted nowrap">
        {low === null ? '…' : ms(low).replace(' ms', '')}–
        {high === null ? '…' : ms(high).replace(' ms', '')}
      </span>
    </>
  );
}

function ratio(before: QuantileBounds | undefined, after: QuantileBounds | undefined): string {
  if (!before || !after || before[0] <= 0) return '–';
  return `${Number((after[0] / before[0]).toPrecision(3))}×`;
}
