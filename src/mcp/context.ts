import { resolve } from 'node:path';
import type { CommandIO } from '../commands/command.ts';
import { type Config, NOTHING } from '../commands/config/config.ts';
import { DEFAULT_CONFIG, parseConfig, readConfigText } from '../commands/config/read.ts';
import type { Inputs } from '../commands/options.ts';
import type { Given } from '../commands/parse-command-line.ts';
import { Reports } from './reports.ts';
import { Root } from './root.ts';
import { Turns } from './turns.ts';

/** Commands that run at once, of all clients. */
const MAX_RUNNING = 4;

/** What all clients of one server share. */
export interface Context {
  readonly root: Root;
  readonly reports: Reports;
  readonly turns: Turns;
  /** Of the verb `mcp`. */
  readonly inputs: Inputs;
  /** Texts of the options that the server was started with. */
  readonly given: Given;
  readonly io: CommandIO;
  /** The configuration that commands read, and `accept_change` writes. */
  readonly configFile: string;
}

/** Throws UsageError for a root or a configuration that is of no use. */
export async function openContext(inputs: Inputs, given: Given, io: CommandIO): Promise<Context> {
  const root = await Root.open(inputs.root);
  const configFile =
    inputs.config === undefined ? resolve(root.path, DEFAULT_CONFIG) : resolve(inputs.config);
  const context = {
    root,
    reports: new Reports(root),
    turns: new Turns(MAX_RUNNING),
    inputs,
    given,
    io,
    configFile,
  };
  await configOf(context);
  return context;
}

/** What the file says now. */
export async function configOf({ configFile, inputs }: Context): Promise<Config> {
  const text = await readConfigText(configFile, {
    mayBeMissing: inputs.config === undefined,
  });
  return text === undefined ? NOTHING : parseConfig(text, configFile);
}
