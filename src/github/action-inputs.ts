import { optionHelp } from '../commands/help.ts';
import { partsOf } from '../commands/option-values.ts';
import { type OptionName, optionNames, optionOf, takes } from '../commands/options.ts';
import type { Given } from '../commands/parse-command-line.ts';
import type { Verb } from '../commands/verbs.ts';
import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { nearest } from '../support/nearest.ts';
import { GITHUB_INPUTS, type GitHubInputs, readGitHubInputs } from './github-inputs.ts';

const MODES = [
  'baseline',
  'verify',
  'compare',
  'monitor',
  'investigate',
] as const satisfies readonly Verb[];
export type Mode = (typeof MODES)[number];

/** Inputs that are no options of the command line, or mean something else there. */
const OWN_INPUTS = {
  mode: 'baseline, verify, compare, monitor or investigate',
  baseline:
    'the place of the baseline (FILE, git:REF[:PATH], s3://BUCKET/KEY, artifact:NAME): written in mode baseline, compared with in verify and compare; what monitor starts from, where it is given',
  candidate:
    'the capture or profile to judge, in mode compare; in mode investigate the capture of the incident, instead of what Kubeshark saw',
} as const;

/** Options that some mode takes and that are inputs of their own name. */
const optionInputs = optionNames.filter(
  (name) => optionOf(name).input !== false && MODES.some((mode) => takes(mode, name)),
);

/** Every input of the Action with its description, in the order of action.yml. */
export const ACTION_INPUTS: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.entries(OWN_INPUTS),
  ...optionInputs.map((name) => [name, optionHelp(name)] as const),
  ...Object.entries(GITHUB_INPUTS).map(([name, { help }]) => [name, help] as const),
]);

export interface ActionCommand {
  readonly mode: Mode;
  readonly given: Given;
  readonly captures: readonly string[];
}

/**
 * The command that the runner's `INPUT_…` variables ask for; an empty input counts as absent. Throws
 * UsageError that names the input.
 */
export function readActionInputs(env: Env): ActionCommand {
  refuseUnknown(env);
  const mode = MODES.find((known) => known === inputOf(env, 'mode'));
  if (mode === undefined) {
    throw new UsageError(`input mode must be ${OWN_INPUTS.mode}`, {
      hint: 'with: { mode: verify, baseline: baseline.json }',
    });
  }
  const given = new Map<OptionName, string>();
  for (const name of optionInputs) {
    const text = inputOf(env, name);
    if (text === undefined) continue;
    if (!takes(mode, name)) throw new UsageError(`mode ${mode} does not take the input ${name}`);
    given.set(name, text);
  }
  const candidate = inputOf(env, 'candidate');
  if (candidate !== undefined && mode !== 'compare' && mode !== 'investigate') {
    throw new UsageError(`mode ${mode} does not take the input candidate`);
  }
  if (mode === 'investigate') {
    if (inputOf(env, 'baseline') !== undefined) {
      throw new UsageError('mode investigate does not take the input baseline', {
        hint: 'traffic from before goes into known-good',
      });
    }
    return { mode, given, captures: candidate === undefined ? [] : [candidate] };
  }
  if (mode === 'monitor') {
    const known = inputOf(env, 'baseline');
    if (known !== undefined) given.set('baseline', known);
    // A job ends: it looks once, and the schedule runs it again.
    given.set('once', 'true');
    return { mode, given, captures: [] };
  }
  const baseline = required(env, 'baseline', mode);
  if (mode !== 'compare') {
    given.set(mode === 'baseline' ? 'output' : 'baseline', baseline);
    return { mode, given, captures: [] };
  }
  return { mode, given, captures: [baseline, required(env, 'candidate', mode)] };
}

/** Texts that the log must never show: those of secret options, and GitHub's token. */
export function secretsOf(env: Env): string[] {
  const secret = optionNames.filter((name) => optionOf(name).secret);
  const names = secret.flatMap((name) => optionOf(name).env ?? []);
  const texts = [...secret, 'github-token'].flatMap((name) => inputOf(env, name) ?? []);
  const all = [...texts, ...names.flatMap((name) => env[name]?.trim() || [])];
  // Of several addresses each is one.
  return [...new Set(all.flatMap((text) => [text, ...partsOf(text)]))];
}

/** What GitHub is to be told, as the same variables ask for. Throws UsageError that names the input. */
export function gitHubInputs(env: Env, mode: Mode): GitHubInputs {
  return readGitHubInputs(mode, (name) => inputOf(env, name));
}

type Env = Readonly<Record<string, string | undefined>>;

function inputOf(env: Env, name: string): string | undefined {
  return env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
}

function required(env: Env, name: keyof typeof OWN_INPUTS, mode: Mode): string {
  const text = inputOf(env, name);
  if (text !== undefined) return text;
  throw new UsageError(`mode ${mode} needs the input ${name}: ${OWN_INPUTS[name]}`);
}

/** A misspelt input must not be ignored: the gate would judge by other rules than were meant. */
function refuseUnknown(env: Env): void {
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith('INPUT_')) continue;
    const name = variable.slice('INPUT_'.length).toLowerCase();
    if (ACTION_INPUTS.has(name)) continue;
    const near = nearest(name, ACTION_INPUTS.keys());
    throw new UsageError(`unknown input ${visible(name, 80)}`, {
      hint: near ? `did you mean ${near}?` : `known: ${[...ACTION_INPUTS.keys()].join(', ')}`,
    });
  }
}
