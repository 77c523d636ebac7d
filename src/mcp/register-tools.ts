import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { toError, toResult } from './answer.ts';
import { askUser } from './ask-user.ts';
import type { Context } from './context.ts';
import { runCommand } from './run-command.ts';
import { TellProgress } from './tell-progress.ts';
import type { Tool, ToolCall } from './tool.ts';
import { acceptChange, TOOLS } from './tools/index.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Offers the tools to a client. */
export function registerTools(server: McpServer, context: Context): void {
  for (const tool of TOOLS) register(server, context, tool);
  if (context.inputs.allowAccept) register(server, context, acceptChange);
}

function register(server: McpServer, context: Context, made: Tool): void {
  const { name, title, description, input, output, annotations, answer } = made;
  const config = { title, description, inputSchema: input, outputSchema: output, annotations };
  server.registerTool(name, config, async (args, extra): Promise<CallToolResult> => {
    try {
      return toResult(await answer(args as never, callOf(server, context, extra)));
    } catch (error) {
      return toError(error);
    }
  });
}

function callOf(server: McpServer, context: Context, extra: Extra): ToolCall {
  const signal = AbortSignal.any([extra.signal, context.io.signal]);
  const progress = new TellProgress({
    step: (progress, message) => {
      const progressToken = extra._meta?.progressToken;
      if (progressToken === undefined) return;
      const params = { progressToken, progress, message };
      extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {});
    },
    log: (level, line) => {
      const data = { untrusted: line };
      server
        .sendLoggingMessage({ level, logger: 'wireproof', data }, extra.sessionId)
        .catch(() => {});
    },
  });
  return {
    context,
    signal,
    run: (command) => runCommand(command, context, { progress, signal }),
    ask: (question) => askUser(server.server, question, { signal, requestId: extra.requestId }),
  };
}
