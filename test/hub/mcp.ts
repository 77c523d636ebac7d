import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Hub } from './hub.ts';

/** The Hub's own MCP endpoint: its tools, each answer one text of JSON. */
export function mcpServer(hub: Hub, drop: () => void): Server {
  const server = new Server(
    { name: 'kubeshark-hub', version: '52.12.0' },
    { capabilities: { tools: {} } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: hub.tools() }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const answer = await hub.call(params.name, params.arguments ?? {});
    if (answer.kind === 'dropped') {
      drop();
      return { content: [], isError: true };
    }
    return {
      content: [{ type: 'text' as const, text: answer.text }],
      isError: answer.kind === 'error',
    };
  });
  return server;
}
