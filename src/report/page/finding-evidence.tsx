import type { Finding } from '../../compare/finding.ts';
import { visible } from '../../support/escape.ts';
import { acceptSnippet } from '../accept-snippet.ts';
import { CopyButton, Snippet } from './copy-button.tsx';
import { Code } from './text.tsx';

const MAX_CALLS = 12;

/**
 * The calls that prove a finding, how to see them in Kubeshark, and how to accept it; without `end`
 * there is nothing to accept.
 */
export function FindingEvidence(props: { finding: Finding; end?: number | null }) {
  const { finding, end } = props;
  const { evidence, kfl } = finding;
  return (
    <div class="evidence">
      {evidence.length > 0 && (
        <section>
          <h4>Evidence</h4>
          <ul class="proofs">
            {evidence.slice(0, MAX_CALLS).map(({ callId, side, note }) => (
              <li key={`${side} ${callId}`}>
                <span class={`key ${side === 'baseline' ? 'before' : 'after'}`}>
                  {side === 'baseline' ? 'before' : 'after'}
                </span>
                <Code max={120}>{callId}</Code>
                {note !== undefined && <span class="muted">{visible(note, 160)}</span>}
                <CopyButton text={callId} label="Copy the call's id" />
              </li>
            ))}
          </ul>
          {evidence.length > MAX_CALLS && (
            <p class="muted">and {evidence.length - MAX_CALLS} more in report.json</p>
          )}
        </section>
      )}
      {kfl !== undefined && (
        <section>
          <h4>See them in Kubeshark</h4>
          <Snippet text={kfl} label="KFL expression" />
        </section>
      )}
      {end !== undefined && (
        <section>
          <h4>Accept it in wireproof.yml</h4>
          <Snippet text={acceptSnippet(finding, end)} label="acceptance" />
        </section>
      )}
    </div>
  );
}
