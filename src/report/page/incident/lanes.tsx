import { useState } from 'preact/hooks';
import type { Investigation } from '../../../incident/investigation.ts';
import type { Times } from '../../incident/times.ts';
import { Paged } from '../lazy.tsx';
import { type TimeAxis, timeAxis } from './time-axis.ts';
import { Track } from './track.tsx';

const STEP = 12;
/** What happened beside the traffic. */
const OUTSIDE = new Set(['deployment', 'configuration', 'kubernetes', 'note']);
const MAX_EVENTS = 40;

/** Calls, failures and P95 of each workload over one axis of time, with the onset and what happened beside. */
export function Lanes(props: { investigation: Investigation; times: Times }) {
  const { investigation, times } = props;
  const { lanes, began: onset, timeline, rootCauses, abstained } = investigation;
  const [moment, setMoment] = useState<number>();
  const span = spanOf(lanes);
  const axis = timeAxis(span.start, span.end);
  const events = timeline
    .filter(({ kind, at }) => OUTSIDE.has(kind) && at >= span.start && at <= span.end)
    .slice(0, MAX_EVENTS);
  // Candidates, where nobody is named, are no origins.
  const named = abstained ? [] : rootCauses.slice(0, 1);
  const origins = new Set(named.map(({ workload }) => workload));
  return (
    <div class="tracks">
      <div class="bar">
        <Moment
          moment={moment}
          span={span}
          first={onset?.at ?? span.start}
          times={times}
          onMoment={setMoment}
        />
        <Legend hasOnset={onset !== null} hasEvents={events.length > 0} />
      </div>
      <Paged items={lanes} step={STEP} noun="workloads">
        {(items) => (
          <>
            {items.map((lane) => (
              <Track
                key={lane.workload}
                lane={lane}
                axis={axis}
                onset={onset}
                events={events}
                isOrigin={origins.has(lane.workload)}
                moment={moment}
                onMoment={setMoment}
              />
            ))}
            <Axis axis={axis} times={times} />
          </>
        )}
      </Paged>
    </div>
  );
}

/** All of the time that the lanes show, and the shortest of their cells; ms. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

function spanOf(lanes: Investigation['lanes']): Span {
  return {
    start: Math.min(...lanes.map((lane) => lane.start)),
    end: Math.max(...lanes.map((lane) => lane.start + lane.calls.length * lane.step)),
    step: Math.min(...lanes.map((lane) => lane.step)),
  };
}

function Legend({ hasOnset, hasEvents }: { hasOnset: boolean; hasEvents: boolean }) {
  return (
    <span class="legend">
      <span class="key calls">calls</span>
      <span class="key failed">failed</span>
      <span class="key p95">P95</span>
      {hasOnset && <span class="key onset">onset</span>}
      {hasEvents && <span class="key event">event</span>}
    </span>
  );
}

/** What of the time is looked at. */
function Moment(props: {
  moment: number | undefined;
  span: Span;
  /** Where the slider stands before anybody moves it. */
  first: number;
  times: Times;
  onMoment: (moment: number | undefined) => void;
}) {
  const { moment, span, first, times, onMoment } = props;
  const told = moment === undefined ? 'all of the time' : times.both(moment);
  return (
    <>
      <label class="moment">
        <span class="muted">Look at</span>
        <input
          type="range"
          min={span.start}
          max={span.end - 1}
          step={span.step}
          value={moment ?? first}
          aria-label="Moment to look at"
          aria-valuetext={told}
          onInput={(event) => onMoment(Number(event.currentTarget.value))}
        />
        <output>{told}</output>
      </label>
      {moment !== undefined && (
        <button type="button" class="quiet" onClick={() => onMoment(undefined)}>
          All of the time
        </button>
      )}
    </>
  );
}

function Axis({ axis, times }: { axis: TimeAxis; times: Times }) {
  const cut = (clock: string) => (axis.seconds ? clock : clock.replace(/:\d\d$/, ''));
  return (
    <div class="track axis-row" aria-hidden="true">
      <span class="track-name muted">
        UTC{times.zone !== undefined && <span class="zone">{times.zone}</span>}
      </span>
      <span class="ticks">
        {axis.ticks.map((tick) => (
          <span key={tick} class="tick-label" style={{ left: `${axis.at(tick)}%` }}>
            {cut(times.clock(tick))}
            {times.zone !== undefined && <span class="zone">{cut(times.local(tick) ?? '')}</span>}
          </span>
        ))}
      </span>
      <span />
    </div>
  );
}
