import type { CommandIO } from '../commands/command.ts';
import type { Inputs } from '../commands/options.ts';
import type { Given } from '../commands/parse-command-line.ts';
import { openContext } from './context.ts';

/**
 * Serves assistants on standard streams until they leave, or over HTTP, until the signal. `given` is
 * what the server was started with. Throws UsageError where it can't.
 */
export async function serve(inputs: Inputs, given: Given, io: CommandIO): Promise<void> {
  const context = await openContext(inputs, given, io);
  if (inputs.serve === undefined) {
    const { serveStdio } = await import('./stdio.ts');
    await serveStdio(context);
    return;
  }
  const { serveHttp } = await import('./http/serve-http.ts');
  await serveHttp(context, inputs.serve, inputs.mcpToken ?? '');
}
