import type { RootCause } from '../../../incident/investigation.ts';
import { visible } from '../../../support/escape.ts';
import { KIND_WORDS, placeWords, SHAPE_WORDS, sureWords } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { counted } from '../../words.ts';
import { Details } from '../details.tsx';
import { Fact } from '../fact.tsx';
import { Operation } from '../text.tsx';
import { CallProofs } from './call-proofs.tsx';

const MAX_CAUSES = 20;

/** The origin with what speaks for it; others that it might be open by a click. */
export function Causes({ causes, times }: { causes: readonly RootCause[]; times: Times }) {
  const [first, ...others] = causes.slice(0, MAX_CAUSES);
  if (!first) return null;
  return (
    <>
      <article class="cause first">
        <CauseHead cause={first} />
        <CauseBody cause={first} times={times} />
      </article>
      {others.length > 0 && <h3>Less likely</h3>}
      {others.length > 0 && (
        <div class="findings">
          {others.map((cause) => (
            <Details
              key={placeWords(cause) + cause.kind}
              class="finding"
              summary={<CauseHead cause={cause} />}
            >
              {() => (
                <div class="cause-inside">
                  <CauseBody cause={cause} times={times} />
                </div>
              )}
            </Details>
          ))}
        </div>
      )}
    </>
  );
}

function CauseHead({ cause }: { cause: RootCause }) {
  const { kind, score } = cause;
  return (
    <span class="cause-head">
      <span class="cause-name">
        <Operation name={placeWords(cause)} />
        <span class="severity breaking">{KIND_WORDS[kind]}</span>
      </span>
      <span class="likely">
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect class="rest" width="100" height="8" rx="4" />
          <rect class="part" width={Math.max(2, Math.min(1, score) * 100)} height="8" rx="4" />
        </svg>
        <span>
          <span class="muted">likely</span> {sureWords(score)}
        </span>
      </span>
    </span>
  );
}

function CauseBody({ cause, times }: { cause: RootCause; times: Times }) {
  const { shape, explains, since, reasons, evidence } = cause;
  return (
    <>
      <ul class="why">
        {reasons.slice(0, 20).map((reason) => (
          <li key={reason}>{visible(reason, 500)}</li>
        ))}
      </ul>
      <dl class="facts">
        <Fact name="Explains">{sureWords(explains)} of the symptom</Fact>
        <Fact name="Shape">{shape !== undefined && SHAPE_WORDS[shape]}</Fact>
        <Fact name="Since">{since && times.both(since.at)}</Fact>
      </dl>
      {evidence.length > 0 && (
        <section class="cause-evidence">
          <h4>
            {counted(evidence.length, 'call')} that show{evidence.length === 1 ? 's' : ''} it
          </h4>
          <CallProofs evidence={evidence} times={times} />
        </section>
      )}
    </>
  );
}
