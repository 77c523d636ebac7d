import { visible } from '../../support/escape.ts';
import { CopyButton } from './copy-button.tsx';
import { Code } from './text.tsx';

/** A call that proves something, and what is to be said of it. */
export interface Proof {
  readonly callId: string;
  readonly words: readonly (string | undefined)[];
}

/** Calls to look at, each with its id to copy. */
export function Proofs({ calls }: { calls: readonly Proof[] }) {
  return (
    <ul class="proofs told-of">
      {calls.map(({ callId, words }) => (
        <li key={`${callId} ${words.join()}`}>
          <Code max={120}>{callId}</Code>
          <span class="muted">
            {visible(words.filter((part) => part !== undefined).join(', '), 300)}
          </span>
          <CopyButton text={callId} label="Copy the call's id" />
        </li>
      ))}
    </ul>
  );
}
