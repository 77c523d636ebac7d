import type { CommandIO } from '../commands/command.ts';
import { forWorkflowLog } from '../support/escape.ts';
import type { StderrProgress } from '../terminal/stderr-progress.ts';
import { artifactStores } from './artifact-store.ts';
import { deploymentsFrom } from './deployments.ts';
import type { GitHubInputs } from './github-inputs.ts';
import { issueAccessOf } from './issue-access.ts';
import { issueSink } from './issue-sink.ts';
import type { RunContext } from './run-context.ts';

/** Characters of a line of the log. */
const MAX_LINE = 2_000;

/** What the Action needs of its process. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly log: { write(text: string): unknown };
}

/** What a command is given where it runs in the Action: the workflow's log, and GitHub by its token. */
export function actionIO(
  { env, signal, log }: Runner,
  progress: StderrProgress,
  run: RunContext | undefined,
  { token, baselineBranch: branch }: Pick<GitHubInputs, 'token' | 'baselineBranch'>,
): CommandIO {
  const access = issueAccessOf(env);
  const own = { ...access, token: token ?? access.token };
  const session = { signal, note: (line: string) => progress.note(line) };
  return {
    out: (text) => {
      for (const line of text.split('\n')) log.write(`${forWorkflowLog(line, MAX_LINE)}\n`);
    },
    progress,
    signal,
    env,
    openArtifact: artifactStores({ run, token, branch }),
    openIssues: async (repository) => issueSink(repository, own, session),
    deployments: deploymentsFrom(own, session),
  };
}
