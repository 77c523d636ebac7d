import { useMemo } from 'preact/hooks';
import type { Investigation, Lane, TimelineEntry } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { milliseconds } from '../../monitor/quantities.ts';
import { counted, grouped } from '../../words.ts';
import type { TimeAxis } from './time-axis.ts';
import { HEIGHT, trackPaths, WIDTH } from './track-paths.ts';

interface TrackProps {
  readonly lane: Lane;
  readonly axis: TimeAxis;
  readonly onset: Investigation['began'];
  readonly events: readonly TimelineEntry[];
  readonly isOrigin: boolean;
  /** Unix ms that is looked at. */
  readonly moment: number | undefined;
  readonly onMoment: (at: number | undefined) => void;
}

/** The traffic of one workload over time. */
export function Track(props: TrackProps) {
  const { lane, axis, onset, events, isOrigin, moment, onMoment } = props;
  const paths = useMemo(() => trackPaths(lane, axis), [lane]);
  const x = (time: number) => (axis.at(time) / 100) * WIDTH;
  const name = visible(lane.workload, 60);
  const figures = figuresOf(lane, moment);
  const look = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const at = axis.start + ((event.clientX - left) / width) * (axis.end - axis.start);
    onMoment(Math.max(axis.start, Math.min(axis.end - 1, Math.round(at))));
  };
  const vertical = (time: number, kind: string) => (
    <line class={kind} x1={x(time)} x2={x(time)} y1={0} y2={HEIGHT} />
  );
  return (
    <div class={`track ${isOrigin ? 'is-origin' : ''}`}>
      <span class="track-name">
        <b>{name}</b>
        {isOrigin && <span class="origin-mark">origin</span>}
      </span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${figuresOf(lane, undefined).join(', ')}`}
        onPointerMove={look}
        onPointerLeave={() => onMoment(undefined)}
      >
        {onset && <OnsetBand onset={onset} x={x} />}
        <path class="calls" d={paths.calls} />
        <path class="failed" d={paths.failed} />
        <path class="p95" d={paths.p95} />
        {events.map((event) => (
          <g key={event.at + event.summary}>{vertical(event.at, 'event')}</g>
        ))}
        {onset && vertical(onset.at, 'onset')}
        {moment !== undefined && vertical(moment, 'looked-at')}
      </svg>
      <span class="track-figures">
        {figures.map((figure, i) => (
          <span key={FIGURES[i]} class={FIGURES[i]}>
            {figure}
          </span>
        ))}
      </span>
    </div>
  );
}

const FIGURES = ['calls', 'failed', 'p95'] as const;

function OnsetBand(props: {
  onset: NonNullable<Investigation['began']>;
  x: (time: number) => number;
}) {
  const { onset, x } = props;
  const from = Math.max(0, x(onset.at));
  const until = onset.until === undefined ? WIDTH : Math.min(WIDTH, x(onset.until));
  return <rect class="during" x={from} y={0} width={Math.max(0, until - from)} height={HEIGHT} />;
}

/** Of the cell at a moment, or of all of them. */
function figuresOf(
  { start, step, calls, failed, p95 }: Lane,
  moment: number | undefined,
): string[] {
  const cell = moment === undefined ? undefined : Math.floor((moment - start) / step);
  const sum = (values: readonly number[]) =>
    cell === undefined ? values.reduce((a, b) => a + b, 0) : (values[cell] ?? 0);
  const slowest = cell === undefined ? Math.max(0, ...p95.map((v) => v ?? 0)) : (p95[cell] ?? 0);
  return [
    counted(sum(calls), 'call'),
    `${grouped(sum(failed))} failed`,
    slowest === 0 ? 'no P95' : `P95 ${cell === undefined ? '≤ ' : ''}${milliseconds(slowest)}`,
  ];
}
