import type { CommandIO, Outcome } from '../commands/command.ts';
import { DEFAULT_CONFIG, readConfig } from '../commands/config/read.ts';
import { toInputs } from '../commands/inputs.ts';
import { runVerb } from '../commands/run-verb.ts';
import type { ExitCode } from '../support/errors.ts';
import { forMarkdown, forWorkflowLog } from '../support/escape.ts';
import type { Progress } from '../support/progress.ts';
import { describeError } from '../terminal/describe-error.ts';
import { StderrProgress } from '../terminal/stderr-progress.ts';
import { readActionInputs } from './action-inputs.ts';
import { annotationsOf } from './annotations.ts';
import { checkoutTrust } from './checkout-trust.ts';
import { appendSummary, summarise } from './job-summary.ts';
import { isPullRequest, pullRequestOf } from './pull-request.ts';
import { trustedConfig } from './trusted-config.ts';
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
  try {
    for (const token of tokensOf(env)) log.write(mask(token));
    const command = readActionInputs(env);
    const { mode, given, captures } = command;
    const config = await configOf(given.get('config'), env, progress);
    const label = (name: string) => `input ${name}`;
    const inputs = toInputs(mode, { given, captures, env, config, label });
    const io: CommandIO = { out, progress, signal, env };
    const outcome = await runVerb(mode, inputs, io);
    await setOutputs(outputsOf(outcome), env.GITHUB_OUTPUT);
    for (const annotation of outcome.judgement ? annotationsOf(outcome.judgement) : []) {
      log.write(annotate(annotation));
    }
    if (summary) await summarise(outcome, mode, summary);
    return outcome.exitCode;
  } catch (error) {
    const { lines, exitCode } = describeError(error, signal);
    log.write(annotate({ kind: 'error', title: 'Wireproof', message: lines.join('\n') }));
    if (summary) await appendSummary(errorSummary(lines), summary).catch(() => undefined);
    return exitCode;
  }
}

/** The configuration; on a pull request what of its own file is trusted. */
async function configOf(path: string | undefined, env: Runner['env'], progress: Progress) {
  const head = await readConfig(path);
  if (!isPullRequest(env)) return head;
  const file = path ?? DEFAULT_CONFIG;
  const trust = checkoutTrust(await pullRequestOf(env), file);
  return trustedConfig(head, trust, file, progress);
}

function tokensOf(env: Runner['env']): string[] {
  return [env['INPUT_KUBESHARK-TOKEN'], env.KUBESHARK_HUB_TOKEN].flatMap((token) =>
    token?.trim() ? [token.trim()] : [],
  );
}

/** Counts and paths, never contents: a large output breaks the next step's command line. */
function outputsOf({ judgement, files }: Outcome): Record<string, string> {
  return {
    verdict: judgement?.verdict ?? '',
    findings: judgement ? String(judgement.findings.length) : '',
    report: files?.report ?? '',
    profile: files?.profile ?? '',
  };
}

function errorSummary(lines: readonly string[]): string {
  const told = lines.slice(0, 2).map((line) => `- ${forMarkdown(line)}`);
  return `# ⚠️ Wireproof: no verdict\n\n${told.join('\n')}\n`;
}
