import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import {
  type CallToolResult,
  CallToolResultSchema,
  ElicitRequestSchema,
  type ElicitResult,
} from '@modelcontextprotocol/sdk/types.js';
import type { OptionName } from '../../src/commands/options.ts';
import { openContext } from '../../src/mcp/context.ts';
import { createServer } from '../../src/mcp/server.ts';
import { commandIO, inputsOf } from '../support/running.ts';

export interface Connected extends AsyncDisposable {
  readonly client: Client;
  readonly root: string;
  /** What the client's user was asked. */
  readonly questions: string[];
  readonly logged: unknown[];
  /** Calls a tool; the whole result. */
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<CallToolResult>;
}

interface Setting {
  readonly files?: Readonly<Record<string, string>>;
  readonly given?: Partial<Record<OptionName, string>>;
  /** How the user answers; without it the client can't ask anybody. */
  readonly user?: () => ElicitResult;
}

/** A client of the SDK beside the server, with a folder of its own. */
export async function connected({ files = {}, given = {}, user }: Setting): Promise<Connected> {
  const root = await mkdtemp(join(tmpdir(), 'wireproof-mcp-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  const texts = new Map(Object.entries({ root, ...given }) as [OptionName, string][]);
  const context = await openContext(
    inputsOf('mcp', Object.fromEntries(texts)),
    texts,
    commandIO().io,
  );
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: user ? { elicitation: { form: {} } } : {} },
  );
  const questions: string[] = [];
  const logged: unknown[] = [];
  if (user) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      questions.push(params.message);
      return user();
    });
  }
  client.fallbackNotificationHandler = async ({ params }) => void logged.push(params);
  const server = createServer(context);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  return {
    client,
    root,
    questions,
    logged,
    call: async (name, args = {}) =>
      CallToolResultSchema.parse(await client.callTool({ name, arguments: args })),
    async [Symbol.asyncDispose]() {
      await client.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export function textOf({ content }: CallToolResult): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

/** What of a text stands in no fence. */
export function unfenced(text: string): string {
  return text.replace(/^<<<untrusted ([0-9a-f]{32})\n.*?\nuntrusted \1>>>$/gms, '');
}

/** Texts of a structured answer that stand under no key `untrusted`. */
export function trustedTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'untrusted' ? [] : [...(Array.isArray(value) ? [] : [key]), ...trustedTexts(item)],
  );
}
