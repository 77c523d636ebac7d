import type { CommandIO } from '../commands/command.ts';
import { NOTHING } from '../commands/config/config.ts';
import { readConfig } from '../commands/config/read.ts';
import { helpText } from '../commands/help.ts';
import { toInputs } from '../commands/inputs.ts';
import { type Inputs, takes } from '../commands/options.ts';
import { parseCommandLine } from '../commands/parse-command-line.ts';
import { runVerb } from '../commands/run-verb.ts';
import type { Verb } from '../commands/verbs.ts';
import { issueAccessOf } from '../github/issue-access.ts';
import { ExitCode } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { jsonText } from '../support/json-text.ts';
import { VERSION } from '../version.ts';
import { describeError } from './describe-error.ts';
import { pipe, type Sink } from './pipe.ts';
import { StderrProgress, type Terminal } from './stderr-progress.ts';

/** What the command line needs of its process. */
export interface Host {
  readonly stdout: Sink;
  readonly stderr: Sink & Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** `accept` writes the file, which may be missing; `mcp` reads that of its root, for each request. */
function judgesByConfig(verb: Verb): boolean {
  return verb !== 'accept' && verb !== 'mcp' && takes(verb, 'config');
}

/** Runs one command line; the result is the exit code. Never throws. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<number> {
  const stdout = pipe(host.stdout);
  const out = stdout.write;
  // Who can't be told of progress or an error is told the exit code.
  host.stderr.on('error', () => undefined);
  const progress = new StderrProgress(host.stderr, visible);
  try {
    const line = parseCommandLine(argv);
    if (line.kind !== 'command') {
      out(
        line.kind === 'version'
          ? `${VERSION}\n`
          : helpText(line.verb, host.stdout.columns || undefined),
      );
      await stdout.settle();
      return ExitCode.pass;
    }
    const { verb, given, captures } = line;
    const config = judgesByConfig(verb) ? await readConfig(given.get('config'), progress) : NOTHING;
    const inputs = toInputs(verb, { given, captures, env: host.env, config });
    const { env, signal } = host;
    const openIssues = async (repository: string) => {
      const { issueSink } = await import('../github/issue-sink.ts');
      return issueSink(repository, issueAccessOf(env), { signal, note: (l) => progress.note(l) });
    };
    const deployments = async (repository: string, window: { start: number; end: number }) => {
      const { deploymentsFrom } = await import('../github/deployments.ts');
      const note = (line: string) => progress.note(line);
      return deploymentsFrom(issueAccessOf(env), { signal, note })(repository, window);
    };
    const serveMcp = async (own: Inputs) => {
      const { serve } = await import('../mcp/serve.ts');
      await serve(own, given, io);
    };
    const io: CommandIO = { out, progress, signal, env, openIssues, deployments, serveMcp };
    const { exitCode, commandExitCode, judgement, files } = await runVerb(verb, inputs, io);
    if (inputs.json && !judgement && files) out(`${jsonText({ files })}\n`);
    await stdout.settle();
    return commandExitCode ?? exitCode;
  } catch (error) {
    progress.clear();
    const { lines, exitCode } = describeError(error, host.signal);
    for (const line of lines) host.stderr.write(`${line}\n`);
    return exitCode;
  } finally {
    progress.clear();
  }
}
