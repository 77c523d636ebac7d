import type { Outcome } from '../commands/command.ts';
import { toInputs } from '../commands/inputs.ts';
import { runVerb } from '../commands/run-verb.ts';
import type { ExitCode } from '../support/errors.ts';
import { forMarkdown, forWorkflowLog, visible } from '../support/escape.ts';
import { describeError } from '../terminal/describe-error.ts';
import { StderrProgress } from '../terminal/stderr-progress.ts';
import { gitHubInputs, readActionInputs, secretsOf } from './action-inputs.ts';
import { actionIO, type Runner } from './action-io.ts';
import { alertAnnotations, annotationsOf, investigationAnnotation } from './annotations.ts';
import { readEvent } from './event.ts';
import type { GitHubInputs } from './github-inputs.ts';
import { appendSummary, summarise } from './job-summary.ts';
import { judgingConfig } from './judging-config.ts';
import { outputsOf } from './outputs.ts';
import { publish } from './publish.ts';
import { type RunContext, runContextOf } from './run-context.ts';
import { type Told, toldOf } from './told.ts';
import { annotate, mask, setOutputs } from './workflow-commands.ts';

/** Runs the Action: inputs from the environment; the result is the step's exit code. Never throws. */
export async function runAction(runner: Runner): Promise<ExitCode> {
  const { env, signal, log } = runner;
  const progress = new StderrProgress(log, forWorkflowLog);
  const summary = env.GITHUB_STEP_SUMMARY;
  const event = await readEvent(env);
  const run = runContextOf(env, event);
  let gitHub: GitHubInputs | undefined;
  // A monitor and an investigation have no verdict to tell a pull request of.
  let judges = true;
  try {
    for (const secret of secretsOf(env)) log.write(mask(secret));
    const { mode, given, captures } = readActionInputs(env);
    judges = mode !== 'monitor' && mode !== 'investigate';
    gitHub = gitHubInputs(env, mode);
    const { token } = gitHub;
    const session = { token, signal, progress };
    const config = await judgingConfig(given.get('config'), run, event, session);
    const label = (name: string) => `input ${name}`;
    const inputs = toInputs(mode, { given, captures, env, config, label });
    const outcome = await runVerb(mode, inputs, actionIO(runner, progress, run, gitHub));
    await setOutputs(outputsOf(outcome), env.GITHUB_OUTPUT);
    for (const annotation of annotationsFor(outcome)) log.write(annotate(annotation));
    if (summary) await summarise(outcome, mode, inputs, summary);
    await tell(toldOf(outcome), run, gitHub, runner, progress);
    return outcome.exitCode;
  } catch (error) {
    const { lines, exitCode } = describeError(error, signal);
    log.write(annotate({ kind: 'error', title: 'Wireproof', message: lines.join('\n') }));
    if (summary) await appendSummary(errorSummary(lines), summary).catch(() => undefined);
    if (judges) await tell(failed(lines), run, gitHub, runner, progress);
    return exitCode;
  }
}

function annotationsFor({ judgement, alerts, investigation }: Outcome) {
  return [
    ...(judgement ? annotationsOf(judgement) : []),
    ...alertAnnotations(alerts ?? []),
    ...(investigation ? [investigationAnnotation(investigation)] : []),
  ];
}

/** Tells GitHub, where it is known what the inputs ask for and nobody cancelled the run. */
async function tell(
  told: Told | undefined,
  run: RunContext | undefined,
  gitHub: GitHubInputs | undefined,
  { signal, log }: Runner,
  progress: StderrProgress,
): Promise<void> {
  if (!told || !run || !gitHub || signal.aborted) return;
  await publish(told, run, gitHub, {
    signal,
    note: (line) => progress.note(line),
    warn: (message) =>
      log.write(
        annotate({ kind: 'warning', title: 'Wireproof', message: visible(message, 2_000) }),
      ),
  });
}

function failed([first = '']: readonly string[]): Told {
  return { kind: 'failed', reason: first.replace(/^wireproof: /, '') };
}

function errorSummary(lines: readonly string[]): string {
  const told = lines.slice(0, 2).map((line) => `- ${forMarkdown(line)}`);
  return `# ⚠️ Wireproof: no verdict\n\n${told.join('\n')}\n`;
}
