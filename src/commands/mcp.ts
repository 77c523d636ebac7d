import { ExitCode, UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

/** Serves captures, verdicts and investigations to assistants. */
export async function run(inputs: Inputs, { serveMcp }: CommandIO): Promise<Outcome> {
  if (!serveMcp) throw new UsageError('mcp serves assistants from a command line only');
  if (inputs.serve !== undefined && inputs.mcpToken === undefined) {
    throw new UsageError('--serve needs a token that clients must send', {
      hint: 'WIREPROOF_MCP_TOKEN="$(openssl rand -hex 32)" wireproof mcp --serve 127.0.0.1:8899',
    });
  }
  await serveMcp(inputs);
  return { exitCode: ExitCode.pass };
}
