import type { z } from 'zod';
import type { Settings } from './config/config.ts';
import { ALL, type OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';
import { ACCEPT_OPTIONS } from './options-accept.ts';
import { BASELINE_OPTIONS } from './options-baseline.ts';
import { CAPTURE_OPTIONS } from './options-capture.ts';
import { FILE_OPTIONS } from './options-files.ts';
import { INVESTIGATE_OPTIONS } from './options-investigate.ts';
import { JUDGE_OPTIONS } from './options-judge.ts';
import { MCP_OPTIONS } from './options-mcp.ts';
import { MONITOR_OPTIONS } from './options-monitor.ts';
import { REPORT_OPTIONS } from './options-report.ts';
import { SHARD_OPTIONS } from './options-shards.ts';
import type { Verb } from './verbs.ts';

export type { Shard } from './option-values.ts';

/**
 * Every option, once: the command line's parser, its help, the configuration file, the Action's
 * inputs and the README's table are all made from this.
 */
export const OPTIONS = {
  ...CAPTURE_OPTIONS,
  ...FILE_OPTIONS,
  output: {
    schema: values.text,
    value: 'FILE',
    short: 'o',
    input: false,
    verbs: ['baseline', 'record', 'profile', 'merge', 'openapi', 'init'],
    help: 'where the profile, the document, or what is recorded goes; baseline takes git:REF[:PATH], s3://BUCKET/KEY and artifact:NAME too (stdout; init: wireproof.yml)',
  },
  ...SHARD_OPTIONS,
  ...BASELINE_OPTIONS,
  ...JUDGE_OPTIONS,
  ...REPORT_OPTIONS,
  ...ACCEPT_OPTIONS,
  ...MONITOR_OPTIONS,
  ...INVESTIGATE_OPTIONS,
  ...MCP_OPTIONS,
  force: {
    schema: values.flag,
    input: false,
    verbs: ['init'],
    help: 'write over a file that is there',
  },
  config: {
    schema: values.text,
    value: 'FILE',
    verbs: [...ALL, 'accept', 'monitor', 'investigate', 'mcp'],
    help: 'configuration (wireproof.yml, where there is one)',
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** One option, whichever it is. */
export type Option = OptionSpec;

export const optionNames = Object.keys(OPTIONS) as readonly OptionName[];

/** The spec of an option, with the fields that it may lack. */
export function optionOf(name: OptionName): Option {
  return OPTIONS[name];
}

export function isFlag(name: OptionName): boolean {
  return optionOf(name).value === undefined;
}

/** What an option is called among the inputs. */
export function keyOf(name: OptionName): keyof Inputs {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Inputs;
}

/** Whether the verb takes the option. */
export function takes(verb: Verb, name: OptionName): boolean {
  return optionOf(name).verbs.includes(verb);
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

type Value<S> = S extends { schema: infer Schema extends z.ZodType }
  ? S extends { default: string }
    ? z.output<Schema>
    : z.output<Schema> extends boolean
      ? boolean
      : z.output<Schema> | undefined
  : never;

/**
 * What a command is given: options by their names in camel case, captures in order, the settings. A
 * level of redaction is given as the names that it hides.
 */
export type Inputs = {
  readonly [K in Exclude<OptionName, 'redact'> as CamelCase<K>]: Value<(typeof OPTIONS)[K]>;
} & { readonly captures: readonly string[] } & Settings;
