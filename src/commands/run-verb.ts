import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import type { Verb } from './verbs.ts';

interface Command {
  readonly run: (inputs: Inputs, io: CommandIO) => Promise<Outcome>;
}

/** Loaded on demand: no verb waits for what another one needs. */
const COMMANDS: Readonly<Record<Verb, () => Promise<Command>>> = {
  baseline: () => import('./baseline.ts'),
  verify: () => import('./verify.ts'),
  record: () => import('./record.ts'),
  profile: () => import('./profile.ts'),
  merge: () => import('./merge.ts'),
  compare: () => import('./compare.ts'),
  graph: () => import('./graph.ts'),
  openapi: () => import('./openapi.ts'),
  show: () => import('./show.ts'),
  accept: () => import('./accept.ts'),
  init: () => import('./init.ts'),
  monitor: () => import('./monitor.ts'),
  investigate: () => import('./investigate.ts'),
  mcp: () => import('./mcp.ts'),
  demo: () => import('./demo.ts'),
};

export async function runVerb(verb: Verb, inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const command = await COMMANDS[verb]();
  return command.run(inputs, io);
}
