import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { visible } from '../support/escape.ts';
import type { Context } from './context.ts';
import { filesUnder } from './files.ts';
import { filled, PROMPTS, type Prompt } from './prompts.ts';

const MAX_TEXT = 300;
/** Arguments that name a file under the root. */
const FILES = ['baseline', 'before', 'after'];

/** Offers what people ask, as prompts. */
export function registerPrompts(server: McpServer, context: Context): void {
  for (const prompt of PROMPTS) {
    const { name, title, says, steps } = prompt;
    const config = {
      title,
      description: filled(says, prompt, {}),
      argsSchema: argumentsOf(prompt, context),
    };
    server.registerPrompt(name, config, (given) => {
      const clean = Object.fromEntries(
        Object.entries(given).map(([key, value]) => [key, visible(String(value ?? ''), MAX_TEXT)]),
      );
      const text = `${filled(says, prompt, clean)}\n\n${filled(steps, prompt, clean)}`;
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
  }
}

function argumentsOf({ arguments: all }: Prompt, context: Context) {
  return Object.fromEntries(
    Object.entries(all).map(([name, { about, usual }]) => {
      const text = z.string().max(MAX_TEXT).optional().describe(`${about} (${usual})`);
      if (!FILES.includes(name)) return [name, text];
      const complete = async (value: string | undefined) =>
        (await filesUnder(context.root))
          .map((file) => file.name)
          .filter((file) => file.startsWith(value ?? ''));
      return [name, completable(text, complete)];
    }),
  );
}
