import type { CommandIO, Outcome } from '../commands/command.ts';
import { NOTHING } from '../commands/config/config.ts';
import { toInputs } from '../commands/inputs.ts';
import { type OptionName, takes } from '../commands/options.ts';
import type { Given } from '../commands/parse-command-line.ts';
import { runVerb } from '../commands/run-verb.ts';
import type { Verb } from '../commands/verbs.ts';
import { UsageError } from '../support/errors.ts';
import type { Progress } from '../support/progress.ts';
import { type Context, configOf } from './context.ts';
import { withinScope } from './scope.ts';

/** What runs a command, or says where a token goes: only who starts the server sets it. */
type Forbidden = 'run' | 'kubeshark-command' | 'kubeshark-url' | 'kubeshark-token';

/** Asked for one of these, the others that the server was started with mean another time. */
const TIMES = ['start', 'end', 'window'] as const;

export interface Command {
  readonly verb: Verb;
  /** Values of options as a client gave them; undefined where it gave none. */
  readonly asked: Readonly<
    Partial<Record<Exclude<OptionName, Forbidden>, string | number | boolean | undefined>>
  >;
  /** Capture while the scenario runs that the server was started with. */
  readonly scenario?: boolean | undefined;
  readonly captures?: readonly string[];
}

/**
 * Runs a command as the command line would, with what the server was started with and what a client
 * asked, and gives what it printed.
 */
export async function runCommand(
  { verb, asked, scenario = false, captures = [] }: Command,
  context: Context,
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<Outcome & { readonly printed: string }> {
  const given = givenFor(verb, asked, context.given);
  if (!scenario) given.delete('run');
  else if (!given.has('run')) throw noScenario();
  const config = verb === 'accept' ? NOTHING : await configOf(context);
  const { env, deployments } = context.io;
  const label = (name: OptionName) => name.replaceAll('-', '_');
  const inputs = toInputs(verb, { given, asked: textsOf(asked), captures, env, config, label });
  let printed = '';
  const io: CommandIO = {
    out: (text) => {
      printed += text;
    },
    progress,
    signal,
    env,
    ...(deployments && { deployments }),
  };
  const outcome = await context.turns.take(() => runVerb(verb, inputs, io));
  return { ...outcome, printed };
}

/** What the server was started with, and above it what a client asked. */
function givenFor(verb: Verb, asked: Command['asked'], started: Given): Map<OptionName, string> {
  const given = new Map([...started].filter(([name]) => takes(verb, name)));
  if (TIMES.some((name) => asked[name] !== undefined)) {
    for (const name of TIMES) given.delete(name);
  }
  for (const [name, value] of textsOf(asked)) {
    given.set(name, withinScope(name, value, given.get(name)));
  }
  return given;
}

function textsOf(asked: Command['asked']): Given {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return new Map(given.map(([name, value]) => [name as OptionName, String(value)]));
}

function noScenario(): UsageError {
  return new UsageError('scenario: this server was started without one', {
    hint: "whoever starts it gives one: wireproof mcp --run 'npm run test:integration'",
  });
}
