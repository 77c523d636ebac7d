import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { KnownError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { fenced } from './fence.ts';

/** What a tool gives: words of ours, text from traffic apart from them, and the same as data. */
export interface Answer<T> {
  /** Lines of our own: numbers and words that no traffic wrote. */
  readonly says: readonly string[];
  /** Lines with text from traffic. */
  readonly untrusted?: readonly string[];
  /** Lines of our own that follow: how to go on. */
  readonly next?: readonly string[];
  readonly data: T;
}

/** Characters of one answer's text. */
const MAX_TEXT = 60_000;

export function toResult({
  says,
  untrusted = [],
  next = [],
  data,
}: Answer<object>): CallToolResult {
  const lines = fitting(untrusted);
  const text = [...says, ...(lines.length > 0 ? ['', fenced(lines), ''] : []), ...next].join('\n');
  return {
    content: [{ type: 'text', text }],
    structuredContent: data as Record<string, unknown>,
  };
}

/** An error as a client's model may read it: what it says may quote a file, a Hub or traffic. */
export function toError(error: unknown): CallToolResult {
  const known = error instanceof KnownError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const lines = [
    known ? `This could not be done (exit code ${known.exitCode}).` : 'This failed unexpectedly.',
    fenced([message]),
    ...(known?.hint === undefined ? [] : [`hint: ${visible(known.hint)}`]),
  ];
  return { content: [{ type: 'text', text: lines.join('\n') }], isError: true };
}

function fitting(lines: readonly string[]): readonly string[] {
  let size = 0;
  const last = lines.findIndex((line) => {
    size += Math.min(line.length, 2_000) + 1;
    return size > MAX_TEXT;
  });
  if (last === -1) return lines;
  return [...lines.slice(0, last), `… and ${lines.length - last} more lines`];
}
