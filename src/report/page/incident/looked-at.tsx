import type { Investigation } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { flowWords, knownGoodWords, windowWords } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { Code } from '../text.tsx';

/** The traffic of both sides, what they lack, and where to see the decisive calls. */
export function LookedAt(props: { investigation: Investigation; times: Times }) {
  const { investigation, times } = props;
  const { symptom, knownGood, problems, snapshot } = investigation;
  const flows = flowWords(investigation, times);
  return (
    <>
      <dl class="facts">
        <dt>Incident</dt>
        <dd>{windowWords(investigation, times)}</dd>
        <dt>Known good</dt>
        <dd>{knownGoodWords(investigation, times)}</dd>
        {symptom.understood.length > 0 && (
          <>
            <dt>Understood</dt>
            <dd>
              {symptom.understood
                .slice(0, 50)
                .map((word) => visible(word, 120))
                .join(' · ')}
            </dd>
          </>
        )}
        {flows !== undefined && (
          <>
            <dt>L4 flows</dt>
            <dd>{flows}</dd>
          </>
        )}
        {snapshot !== undefined && (
          <>
            <dt>Packets</dt>
            <dd>
              snapshot <Code>{snapshot}</Code>
            </dd>
          </>
        )}
      </dl>
      {knownGood.doubts.length + problems.length > 0 && (
        <ul class="problems">
          {knownGood.doubts.map((doubt) => (
            <li key={doubt}>
              <span class="key before">known good</span> {visible(doubt, 600)}
            </li>
          ))}
          {problems.slice(0, 100).map(({ side, code, message }) => (
            <li key={side + code + message}>
              <span class={`key ${side === 'incident' ? 'after' : 'before'}`}>
                {side === 'incident' ? 'incident' : 'known good'}
              </span>{' '}
              <code>{visible(code, 60)}</code> {visible(message, 600)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
