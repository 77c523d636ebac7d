import type { Alert } from '../../../monitor/alert.ts';
import { visible } from '../../../support/escape.ts';
import { milliseconds } from '../../monitor/quantities.ts';
import { CopyButton, Snippet } from '../copy-button.tsx';
import { moment } from '../moment.ts';
import { Code } from '../text.tsx';

const MAX_CALLS = 12;

/** The calls that show an alert, and how to see them in Kubeshark. */
export function AlertEvidence({ alert: { evidence, kfl } }: { alert: Alert }) {
  return (
    <div class="evidence">
      {evidence.length > 0 && (
        <section>
          <h4>Evidence</h4>
          <ul class="proofs">
            {evidence.slice(0, MAX_CALLS).map(({ callId, ts, caller, status, latency, note }) => (
              <li key={callId}>
                <Code max={120}>{callId}</Code>
                <span class="muted">
                  {visible(
                    [
                      moment(ts),
                      `from ${caller}`,
                      status,
                      latency === undefined ? undefined : milliseconds(latency),
                      note,
                    ]
                      .filter((part) => part !== undefined)
                      .join(', '),
                    300,
                  )}
                </span>
                <CopyButton text={callId} label="Copy the call's id" />
              </li>
            ))}
          </ul>
        </section>
      )}
      {kfl !== '' && (
        <section>
          <h4>See them in Kubeshark</h4>
          <Snippet text={kfl} label="KFL expression" />
        </section>
      )}
    </div>
  );
}
