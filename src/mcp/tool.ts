import type { ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';
import type { Outcome } from '../commands/command.ts';
import type { Answer } from './answer.ts';
import type { Context } from './context.ts';
import type { Command } from './run-command.ts';

/** What a tool has at hand while it answers one call. */
export interface ToolCall {
  readonly context: Context;
  readonly signal: AbortSignal;
  /** Runs a command; its progress is told to the client. Throws KnownError. */
  readonly run: (command: Command) => Promise<Outcome & { readonly printed: string }>;
  /** Asks the client's user; false where the answer is anything but yes. Throws UsageError where it can't be asked. */
  readonly ask: (question: Question) => Promise<boolean>;
}

export interface Question {
  readonly message: string;
  /** What a yes is, in few words. */
  readonly label: string;
}

/** One tool: what it takes and gives, and how it answers. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly annotations: ToolAnnotations;
  readonly answer: (args: never, call: ToolCall) => Promise<Answer<object>>;
}

/** Holds a tool's answer to its schemas. */
export function tool<In extends z.ZodObject, Out extends z.ZodObject>(
  made: Omit<Tool, 'input' | 'output' | 'answer'> & {
    readonly input: In;
    readonly output: Out;
    readonly answer: (args: z.output<In>, call: ToolCall) => Promise<Answer<z.input<Out>>>;
  },
): Tool {
  return made;
}
