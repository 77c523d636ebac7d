import type { Investigation } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { endWords, headlineOf, onsetPrecision, sureWords } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { shareWords } from '../../monitor/quantities.ts';

const FOUND = 'M9 4.6a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 0 0 0-8.8M12.3 12.3l3.4 3.4';
const UNKNOWN = 'M7.4 7.6a2.6 2.6 0 1 1 3.7 2.5c-.8.4-1.1.9-1.1 1.7M10 14.2v.2';

/** The answer in one look: where it began and when, or why nothing is named. */
export function IncidentBanner(props: { investigation: Investigation; times: Times }) {
  const { investigation, times } = props;
  const { abstained, hypothesis, reasons, symptom } = investigation;
  return (
    <header class={`verdict ${abstained ? 'INCONCLUSIVE' : 'FAIL'}`} id="top">
      <div class="verdict-word">
        <svg viewBox="0 0 20 20" width="52" height="52" aria-hidden="true">
          <circle cx="10" cy="10" r="9" />
          <path d={abstained ? UNKNOWN : FOUND} />
        </svg>
        <div>
          <h1>{visible(headlineOf(investigation), 120)}</h1>
          {symptom.text !== undefined && (
            <p class="symptom">
              Asked: <q>{visible(symptom.text, 300)}</q>
            </p>
          )}
        </div>
      </div>
      <p class="headline hypothesis">{visible(hypothesis, 1_000)}</p>
      <Figures investigation={investigation} times={times} />
      {reasons.length > 0 && (
        <ul class="reasons">
          {reasons.slice(0, 20).map((reason) => (
            <li key={reason}>{visible(reason, 400)}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

function Figures({ investigation, times }: { investigation: Investigation; times: Times }) {
  const { began: onset, impact, abstained, confidence } = investigation;
  const beside = onset ? times.local(onset.at) : undefined;
  return (
    <dl class="figures">
      {onset && (
        <div>
          <dt>
            {times.utc(onset.at).slice(0, 10)}
            {beside !== undefined && `, ${beside} ${times.zone}`}
            <br />
            {onsetPrecision(onset, investigation, times)}
          </dt>
          <dd>
            began {times.clock(onset.at)} <span class="muted">UTC</span>
          </dd>
        </div>
      )}
      {onset && (
        <div>
          <dt>{onset.until === undefined ? 'when the traffic ends' : times.both(onset.until)}</dt>
          <dd>{endWords(onset)}</dd>
        </div>
      )}
      <div>
        <dt>of users' requests failed or were slow, {shareWords(impact.before)} before</dt>
        <dd class={abstained ? '' : 'hurt'}>{shareWords(impact.after)}</dd>
      </div>
      {!abstained && (
        <div>
          <dt>confidence</dt>
          <dd>{sureWords(confidence)}</dd>
        </div>
      )}
    </dl>
  );
}
