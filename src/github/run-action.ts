import * as core from '@actions/core';
import type { CommandIO, Outcome } from '../commands/command.ts';
import { readConfig } from '../commands/config-file.ts';
import { toInputs } from '../commands/inputs.ts';
import { runVerb } from '../commands/run-verb.ts';
import type { ExitCode } from '../support/errors.ts';
import { forMarkdown, forWorkflowLog } from '../support/escape.ts';
import { describeError } from '../terminal/describe-error.ts';
import { StderrProgress } from '../terminal/stderr-progress.ts';
import { type ActionCommand, readActionInputs } from './action-inputs.ts';
import { annotationsOf } from './annotations.ts';
import { appendSummary, summarise } from './job-summary.ts';

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
  try {
    maskTokens(env);
    const command = readActionInputs(env);
    const { mode, given, captures } = command;
    const file = await readConfig(given.get('config'));
    const label = (name: string) => `input ${name}`;
    const inputs = toInputs(mode, { given, captures, env, file, label });
    const io: CommandIO = { out, progress, signal, env };
    const outcome = await runVerb(mode, inputs, io);
    await tell(outcome, command, summary);
    return outcome.exitCode;
  } catch (error) {
    const { lines, exitCode } = describeError(error, signal);
    core.error(lines.join('\n'), { title: 'Wireproof' });
    if (summary) await appendSummary(errorSummary(lines), summary).catch(() => undefined);
    return exitCode;
  }
}

function maskTokens(env: Runner['env']): void {
  for (const token of [env['INPUT_KUBESHARK-TOKEN'], env.KUBESHARK_HUB_TOKEN]) {
    if (token?.trim()) core.setSecret(token.trim());
  }
}

async function tell(outcome: Outcome, { mode }: ActionCommand, summary: string | undefined) {
  const { judgement, files } = outcome;
  core.setOutput('verdict', judgement?.verdict ?? '');
  core.setOutput('findings', judgement?.findings.length ?? 0);
  core.setOutput('report', files?.report ?? '');
  core.setOutput('profile', files?.profile ?? '');
  if (judgement) {
    for (const { kind, title, message } of annotationsOf(judgement)) core[kind](message, { title });
    if (summary) await summarise(judgement, summary);
  } else if (summary) {
    const stored = files?.profile ? `: ${forMarkdown(files.profile)}` : '';
    await appendSummary(`# Wireproof: ${mode} stored${stored}\n`, summary);
  }
}

function errorSummary(lines: readonly string[]): string {
  const told = lines.slice(0, 2).map((line) => `- ${forMarkdown(line)}`);
  return `# ⚠️ Wireproof: no verdict\n\n${told.join('\n')}\n`;
}
