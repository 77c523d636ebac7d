import type { CommandIO } from '../commands/command.ts';
import { toInputs } from '../commands/inputs.ts';
import { runVerb } from '../commands/run-verb.ts';
import type { ExitCode } from '../support/errors.ts';
import { forMarkdown, forWorkflowLog, visible } from '../support/escape.ts';
import { describeError } from '../terminal/describe-error.ts';
import { StderrProgress } from '../terminal/stderr-progress.ts';
import { gitHubInputs, readActionInputs, secretsOf } from './action-inputs.ts';
import { alertAnnotations, annotationsOf, investigationAnnotation } from './annotations.ts';
import { artifactStores } from './artifact-store.ts';
import { deploymentsFrom } from './deployments.ts';
import { readEvent } from './event.ts';
import type { GitHubInputs } from './github-inputs.ts';
import { issueAccessOf } from './issue-access.ts';
import { issueSink } from './issue-sink.ts';
import { appendSummary, summarise } from './job-summary.ts';
import { judgingConfig } from './judging-config.ts';
import { outputsOf } from './outputs.ts';
import { publish } from './publish.ts';
import { runContextOf } from './run-context.ts';
import { type Told, toldOf } from './told.ts';
import { annotate, mask, setOutputs } from './workflow-commands.ts';

/** What the Action needs of its process. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly log: { write(text: string): unknown };
}

/** Runs the Action: inputs from the environment; the result is the step's exit code. Never throws. */
export async function runAction({ env, signal, log }: Runner): Promise<ExitCode> {
  const progress = new StderrProgress(log, forWorkflowLog);
  const out = (text: string) => {
    for (const line of text.split('\n')) log.write(`${forWorkflowLog(line, 2_000)}\n`);
  };
  const summary = env.GITHUB_STEP_SUMMARY;
  const event = await readEvent(env);
  const run = runContextOf(env, event);
  let gitHub: GitHubInputs | undefined;
  // A monitor and an investigation have no verdict to tell a pull request of.
  let judges = true;
  const tell = async (told: Told | undefined) => {
    if (!told || !run || !gitHub || signal.aborted) return;
    const note = (line: string) => progress.note(line);
    const warn = (message: string) =>
      log.write(
        annotate({ kind: 'warning', title: 'Wireproof', message: visible(message, 2_000) }),
      );
    await publish(told, run, gitHub, { signal, note, warn });
  };
  try {
    for (const secret of secretsOf(env)) log.write(mask(secret));
    const command = readActionInputs(env);
    const { mode, given, captures } = command;
    judges = mode !== 'monitor' && mode !== 'investigate';
    gitHub = gitHubInputs(env, mode);
    const config = await judgingConfig(given.get('config'), run, event, {
      token: gitHub.token,
      signal,
      progress,
    });
    const label = (name: string) => `input ${name}`;
    const inputs = toInputs(mode, { given, captures, env, config, label });
    const { token, baselineBranch: branch } = gitHub;
    const openArtifact = artifactStores({ run, token, branch });
    const access = issueAccessOf(env);
    const openIssues = async (repository: string) =>
      issueSink(
        repository,
        { ...access, token: token ?? access.token },
        { signal, note: (line) => progress.note(line) },
      );
    const deployments = deploymentsFrom(
      { ...access, token: token ?? access.token },
      { signal, note: (line) => progress.note(line) },
    );
    const io: CommandIO = { out, progress, signal, env, openArtifact, openIssues, deployments };
    const outcome = await runVerb(mode, inputs, io);
    await setOutputs(outputsOf(outcome), env.GITHUB_OUTPUT);
    const annotations = [
      ...(outcome.judgement ? annotationsOf(outcome.judgement) : []),
      ...alertAnnotations(outcome.alerts ?? []),
      ...(outcome.investigation ? [investigationAnnotation(outcome.investigation)] : []),
    ];
    for (const annotation of annotations) log.write(annotate(annotation));
    if (summary) await summarise(outcome, mode, inputs, summary);
    await tell(toldOf(outcome));
    return outcome.exitCode;
  } catch (error) {
    const { lines, exitCode } = describeError(error, signal);
    log.write(annotate({ kind: 'error', title: 'Wireproof', message: lines.join('\n') }));
    if (summary) await appendSummary(errorSummary(lines), summary).catch(() => undefined);
    if (!judges) return exitCode;
    await tell({ kind: 'failed', reason: lines[0]?.replace(/^wireproof: /, '') ?? '' });
    return exitCode;
  }
}

function errorSummary(lines: readonly string[]): string {
  const told = lines.slice(0, 2).map((line) => `- ${forMarkdown(line)}`);
  return `# ⚠️ Wireproof: no verdict\n\n${told.join('\n')}\n`;
}
