import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode, McpError, type ReadResourceResult } from '@modelcontextprotocol/sdk/types.js';
import type { FileKind } from '../commands/file-kind.ts';
import { KnownError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { silent } from '../support/progress.ts';
import type { Context } from './context.ts';
import { fenced } from './fence.ts';
import { filesUnder } from './files.ts';
import { reportText } from './report-text.ts';
import { runCommand } from './run-command.ts';

const KINDS = {
  report: 'a verdict with its findings, or an investigation, in words',
  profile: 'what a stored baseline, or a capture, holds: operations, calls, latencies, statuses',
} as const;
type Kind = keyof typeof KINDS;

/** Which files are listed as which resource. */
const HOLDS: Readonly<Record<FileKind, Kind>> = {
  report: 'report',
  investigation: 'report',
  profile: 'profile',
  calls: 'profile',
};
const MAX_COMPLETIONS = 50;

/** Offers reports and profiles: those made here, and what lies under the root. */
export function registerResources(server: McpServer, context: Context): void {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const names = () => namesOf(kind, context);
    const template = new ResourceTemplate(`wireproof://${kind}/{id}`, {
      list: async () => ({
        resources: (await names()).map((name) => ({
          uri: uriOf(kind, name),
          name: visible(name),
          description: KINDS[kind],
          mimeType: 'text/plain',
        })),
      }),
      complete: {
        id: async (value) =>
          (await names())
            .map(encodeURIComponent)
            .filter((name) => name.startsWith(value))
            .slice(0, MAX_COMPLETIONS),
      },
    });
    const config = { title: kind, description: KINDS[kind], mimeType: 'text/plain' };
    server.registerResource(kind, template, config, async (uri, { id }, { signal }) => {
      const name = decoded(String(id));
      return read(uri, async () =>
        kind === 'report'
          ? reportText(await context.reports.find(name), context)
          : profileText(name, context, signal),
      );
    });
  }
}

function uriOf(kind: Kind, name: string): string {
  return `wireproof://${kind}/${encodeURIComponent(name)}`;
}

async function namesOf(kind: Kind, { root, reports }: Context): Promise<string[]> {
  const files = await filesUnder(root);
  const found = files.filter((file) => HOLDS[file.kind] === kind).map(({ name }) => name);
  return kind === 'report' ? [...reports.made().map(({ id }) => id), ...found] : found;
}

async function profileText(name: string, context: Context, signal: AbortSignal): Promise<string> {
  const file = await context.root.toRead(name);
  const command = { verb: 'show', asked: {}, captures: [file] } as const;
  const { printed } = await runCommand(command, context, { progress: silent, signal });
  return printed;
}

async function read(uri: URL, text: () => Promise<string>): Promise<ReadResourceResult> {
  try {
    const lines = (await text()).trimEnd().split('\n');
    return { contents: [{ uri: uri.href, mimeType: 'text/plain', text: fenced(bounded(lines)) }] };
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    throw new McpError(ErrorCode.InvalidParams, fenced([error.message]));
  }
}

/** Lines of one resource. */
const MAX_LINES = 2_000;

function bounded(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more lines`];
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    throw new McpError(ErrorCode.InvalidParams, 'the id is not encoded as an address is');
  }
}
