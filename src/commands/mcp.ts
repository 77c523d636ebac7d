import { ExitCode, UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

/** Shorter ones can be guessed: there is no limit to how often a client may try. */
const LEAST_TOKEN = 16;

/** Serves captures, verdicts and investigations to assistants. */
export async function run(inputs: Inputs, { serveMcp }: CommandIO): Promise<Outcome> {
  if (!serveMcp) throw new UsageError('mcp serves assistants from a command line only');
  const { serve, mcpToken } = inputs;
  if (serve !== undefined && (mcpToken?.length ?? 0) < LEAST_TOKEN) {
    const which =
      mcpToken === undefined ? 'a token' : `a token of ${LEAST_TOKEN} characters or more`;
    throw new UsageError(`--serve needs ${which} that clients must send`, {
      hint: 'WIREPROOF_MCP_TOKEN="$(openssl rand -hex 32)" wireproof mcp --serve 127.0.0.1:8899',
    });
  }
  await serveMcp(inputs);
  return { exitCode: ExitCode.pass };
}
