import type { Investigation } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { flowWords, knownGoodWords, windowWords } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { Fact } from '../fact.tsx';
import { Code } from '../text.tsx';

/** The traffic of both sides, what they lack, and where to see the decisive calls. */
export function LookedAt(props: { investigation: Investigation; times: Times }) {
  const { investigation, times } = props;
  const { symptom, snapshot } = investigation;
  return (
    <>
      <dl class="facts">
        <Fact name="Incident">{windowWords(investigation, times)}</Fact>
        <Fact name="Known good">{knownGoodWords(investigation, times)}</Fact>
        <Fact name="Understood">
          {symptom.understood
            .slice(0, 50)
            .map((word) => visible(word, 120))
            .join(' · ')}
        </Fact>
        <Fact name="L4 flows">{flowWords(investigation, times)}</Fact>
        <Fact name="Packets">
          {snapshot !== undefined && (
            <>
              snapshot <Code>{snapshot}</Code>
            </>
          )}
        </Fact>
      </dl>
      <Problems investigation={investigation} />
    </>
  );
}

function Problems({ investigation }: { investigation: Investigation }) {
  const { knownGood, problems } = investigation;
  if (knownGood.doubts.length + problems.length === 0) return null;
  return (
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
  );
}
