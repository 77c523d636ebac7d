import type { TimelineEntry } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { precision, summaryBeside } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { counted } from '../../words.ts';
import { Details } from '../details.tsx';
import { Paged } from '../lazy.tsx';
import { Operation } from '../text.tsx';
import { CallProofs } from './call-proofs.tsx';

const STEP = 40;

/** What happened when, with the calls that show it. */
export function TimelineList(props: { timeline: readonly TimelineEntry[]; times: Times }) {
  const { timeline, times } = props;
  return (
    <Paged items={timeline} step={STEP} noun="entries">
      {(items) => (
        <ol class="moments">
          {items.map((entry, i) => (
            <Moment
              key={i}
              entry={entry}
              times={times}
              day={i === 0 || dayOf(entry, times) !== dayOf(items[i - 1] as TimelineEntry, times)}
            />
          ))}
        </ol>
      )}
    </Paged>
  );
}

function Moment(props: { entry: TimelineEntry; times: Times; day: boolean }) {
  const { entry, times, day } = props;
  const { at, from, to, kind, workload, operation, evidence } = entry;
  const where = operation ?? workload;
  const beside = times.local(at);
  return (
    <li class={`moment-row ${toneOf(kind)}`}>
      <span class="when">
        {day && <span class="muted">{dayOf(entry, times)}</span>}
        <span>
          {times.clock(at)} <span class="muted">UTC</span>
        </span>
        {beside !== undefined && (
          <span class="muted">
            {beside} {day && times.zone}
          </span>
        )}
      </span>
      <span class="mark" aria-hidden="true" />
      <div class="what">
        <span class="tags">
          <span class="kind">{kind}</span>
          {where !== undefined && <Operation name={where} />}
        </span>
        <span class="summary">{visible(summaryBeside(entry), 500)}</span>
        {from !== undefined && to !== undefined && (
          <span class="muted small">{precision({ from, to }, times)}</span>
        )}
        {evidence.length > 0 && (
          <Details class="list" summary={counted(evidence.length, 'call')}>
            {() => <CallProofs evidence={evidence} times={times} />}
          </Details>
        )}
      </div>
    </li>
  );
}

function dayOf({ at }: TimelineEntry, times: Times): string {
  return times.utc(at).slice(0, 10);
}

function toneOf(kind: TimelineEntry['kind']): string {
  if (kind === 'errors' || kind === 'unanswered' || kind === 'rejections') return 'bad';
  if (kind === 'latency' || kind === 'own-time') return 'slow';
  if (kind === 'recovered') return 'good';
  if (kind === 'deployment' || kind === 'configuration' || kind === 'kubernetes') return 'outside';
  return '';
}
