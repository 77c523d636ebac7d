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
  const start = Math.min(...lanes.map((lane) => lane.start));
  const end = Math.max(...lanes.map((lane) => lane.start + lane.calls.length * lane.step));
  const step = Math.min(...lanes.map((lane) => lane.step));
  const axis = timeAxis(start, end);
  const events = timeline
    .filter(({ kind, at }) => OUTSIDE.has(kind) && at >= start && at <= end)
    .slice(0, MAX_EVENTS);
  // Candidates, where nobody is named, are no origins.
  const named = abstained ? [] : rootCauses.slice(0, 1);
  const origins = new Set(named.map(({ workload }) => workload));
  return (
    <div class="tracks">
      <div class="bar">
        <label class="moment">
          <span class="muted">Look at</span>
          <input
            type="range"
            min={start}
            max={end - 1}
            step={step}
            value={moment ?? onset?.at ?? start}
            aria-label="Moment to look at"
            aria-valuetext={moment === undefined ? 'all of the time' : times.both(moment)}
            onInput={(event) => setMoment(Number(event.currentTarget.value))}
          />
          <output>{moment === undefined ? 'all of the time' : times.both(moment)}</output>
        </label>
        {moment !== undefined && (
          <button type="button" class="quiet" onClick={() => setMoment(undefined)}>
            All of the time
          </button>
        )}
        <span class="legend">
          <span class="key calls">calls</span>
          <span class="key failed">failed</span>
          <span class="key p95">P95</span>
          {onset && <span class="key onset">onset</span>}
          {events.length > 0 && <span class="key event">event</span>}
        </span>
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
