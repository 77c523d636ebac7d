import type { Alert } from '../../../monitor/alert.ts';
import { visible } from '../../../support/escape.ts';
import { subjectWords } from '../../monitor/alert-row.ts';
import { measured, sure } from '../../monitor/alert-words.ts';
import { lasting } from '../../monitor/quantities.ts';
import { counted } from '../../words.ts';
import { Details } from '../details.tsx';
import { moment } from '../moment.ts';
import { Code } from '../text.tsx';
import { AlertEvidence } from './alert-evidence.tsx';

/** One alert: what and where at a glance, the rest when opened. */
export function AlertCard({ alert }: { alert: Alert }) {
  const { severity, category, rule, subject, summary, duration, silenced, effects, state } = alert;
  const tone = severity === 'critical' ? 'breaking' : severity;
  return (
    <Details
      class="finding"
      summary={
        <span class="finding-head">
          <span class={`severity ${tone}`}>{severity}</span>
          <span class="what">
            <span class="tags">
              <Code max={300}>{subjectWords(subject)}</Code>
              <span class="muted">{category}</span>
              {silenced !== undefined && <span class="chip accepted">silenced</span>}
              {effects.length > 0 && <span class="muted">+{effects.length} that follow</span>}
            </span>
            <span class="summary">{visible(summary, 500)}</span>
          </span>
          <span class="change muted">
            {state === 'resolved' ? 'lasted ' : 'for '}
            {lasting(duration)}
          </span>
        </span>
      }
    >
      {() => (
        <div class="finding-body">
          <Facts alert={alert} />
          <AlertEvidence alert={alert} />
          {effects.length > 0 && (
            <section class="effects">
              <h4>What follows from it</h4>
              <ul class="told">
                {effects.slice(0, 20).map((effect) => (
                  <li key={`${effect.rule} ${subjectWords(effect.subject)}`}>
                    <Code max={200}>{subjectWords(effect.subject)}</Code>{' '}
                    {visible(effect.summary, 300)}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <p class="tools muted">
            Rule <Code max={100}>{rule}</Code>
          </p>
        </div>
      )}
    </Details>
  );
}

function Facts({ alert }: { alert: Alert }) {
  const { since, firedAt, resolvedAt, checked, learned, events, snapshot, silenced } = alert;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['measured', measured(alert)],
    ['since', moment(Date.parse(since))],
    ['fired', moment(Date.parse(firedAt))],
    ['resolved', resolvedAt && moment(Date.parse(resolvedAt))],
    ['shown by', counted(events, 'event')],
    ['how sure', sure(alert)],
    ['checked', checked],
    ['learned then', learned],
    ['snapshot', snapshot],
    ['silenced', silenced],
  ];
  return (
    <dl class="facts">
      {rows.map(
        ([name, text]) =>
          text !== undefined && (
            <div key={name} class="fact">
              <dt>{name}</dt>
              <dd>{visible(text, 500)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
