import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import type { Config } from './config/config.ts';
import {
  type Inputs,
  isFlag,
  keyOf,
  type OptionName,
  optionNames,
  optionOf,
  takes,
} from './options.ts';
import type { Given } from './parse-command-line.ts';
import { type RedactionLevel, refusePayloads, secretNamesAt } from './redaction.ts';
import { refuseUnheeded } from './unheeded.ts';
import type { Verb } from './verbs.ts';

interface Sources {
  readonly given: Given;
  /** Of them, those that are no defaults, where some are. */
  readonly asked?: Given;
  readonly captures: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  /** How the user wrote an option's name. */
  readonly label?: (name: OptionName) => string;
}

/**
 * The validated inputs of a command: what was given, else the environment, else the configuration
 * file, else the default. Throws UsageError that names the option and what it must be.
 */
export function toInputs(verb: Verb, sources: Sources): Inputs {
  const label = sources.label ?? ((name) => `--${name}`);
  const { options, ...settings } = sources.config;
  const inputs: Record<string, unknown> = { captures: sources.captures, ...settings };
  for (const name of optionNames) {
    const found = takes(verb, name) ? find(name, options, sources, label) : undefined;
    const text = found?.text ?? optionOf(name).default ?? (isFlag(name) ? 'false' : undefined);
    inputs[keyOf(name)] =
      text === undefined ? undefined : parsed(name, text, found?.label ?? label(name));
  }
  const { redact, saveCalls, evidencePcap } = inputs;
  inputs.redact = secretNamesAt(redact as RedactionLevel, settings.redact);
  refusePayloads(inputs.redact as string[], {
    [label('save-calls')]: saveCalls,
    [label('evidence-pcap')]: evidencePcap,
  });
  const all = inputs as unknown as Inputs;
  refuseUnheeded(verb, sources.asked ?? sources.given, all, label);
  return all;
}

function find(
  name: OptionName,
  options: Given,
  { given, env }: Sources,
  label: (name: OptionName) => string,
) {
  const text = given.get(name);
  if (text !== undefined) return { text, label: label(name) };
  const variable = optionOf(name).env;
  const fromEnv = variable === undefined ? undefined : env[variable];
  if (fromEnv) return { text: fromEnv, label: variable as string };
  const fromFile = options.get(name);
  return fromFile === undefined ? undefined : { text: fromFile, label: `configuration: ${name}` };
}

function parsed(name: OptionName, text: string, label: string): unknown {
  const { schema, secret } = optionOf(name);
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const shown = secret ? '' : ` ${JSON.stringify(visible(text, 80))}`;
  throw new UsageError(`${label}${shown}: ${result.error.issues[0]?.message}`);
}
