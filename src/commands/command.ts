import type { OutsideEvent } from '../incident/incident-case.ts';
import type { Investigation } from '../incident/investigation.ts';
import type { Alert } from '../monitor/alert.ts';
import type { Sink } from '../monitor/sink.ts';
import type { Summary } from '../monitor/summary/summary.ts';
import type { OpenArtifact } from '../store/open-store.ts';
import type { ExitCode } from '../support/errors.ts';
import type { Progress } from '../support/progress.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Inputs } from './options.ts';

/** What a face lends a command. Commands never touch `process`. */
export interface CommandIO {
  /** Writes a result to stdout. */
  readonly out: (text: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Opens `artifact:NAME`, where the face can. */
  readonly openArtifact?: OpenArtifact;
  /** Opens a sink of alerts that keeps issues in `OWNER/REPO`, where the face can. Throws UsageError. */
  readonly openIssues?: (repository: string) => Promise<Sink>;
  /** The deployments of `OWNER/REPO` in a time (Unix ms), where the face can ask. Throws KnownError. */
  readonly deployments?: (
    repository: string,
    window: { readonly start: number; readonly end: number },
  ) => Promise<readonly OutsideEvent[]>;
  /** Serves assistants until they leave or the signal, where the face can. Throws KnownError. */
  readonly serveMcp?: (inputs: Inputs) => Promise<void>;
}

export interface Outcome {
  readonly exitCode: ExitCode;
  /** Of the command that was recorded: it stands for its own. */
  readonly commandExitCode?: number;
  readonly judgement?: Judgement;
  /** What fires when a monitor ends, and what the traffic was that it judged in one pass. */
  readonly alerts?: readonly Alert[];
  readonly summaries?: readonly Summary[];
  readonly investigation?: Investigation;
  /** Files written, by kind: `profile`, `report`, `json`, `junit`, `sarif`, `evidence`, `calls`. */
  readonly files?: Readonly<Record<string, string>>;
}
