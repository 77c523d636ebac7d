import type { TruthMark } from './exchange.ts';

/** How the demo's services tell the tap which call caused which. The tap takes the marks out of the record. */
export const callHeader = 'x-demo-call';
export const causeHeader = 'x-demo-cause';

const sqlMark = /^\/\*demo ([^ *]+) ([^ *]*)\*\/ /;
const respMark = /^demo ([^ ]+) ([^ ]*)$/;

/** The leading comment of a SQL text that bears the mark. */
export function markSql(text: string, mark: TruthMark): string {
  return `/*demo ${mark.call ?? ''} ${mark.cause ?? ''}*/ ${text}`;
}

/** A SQL text without its mark, and the mark. */
export function unmarkSql(text: string): { text: string; truth: TruthMark; bytes: number } {
  const found = sqlMark.exec(text);
  if (!found) return { text, truth: none, bytes: 0 };
  return {
    text: text.slice(found[0].length),
    truth: { call: found[1] || undefined, cause: found[2] || undefined },
    bytes: Buffer.byteLength(found[0]),
  };
}

/** The last argument of a Redis command that bears the mark; the demo's cache drops it. */
export function respMarkArgument(mark: TruthMark): string {
  return `demo ${mark.call ?? ''} ${mark.cause ?? ''}`;
}

/** The arguments of a Redis command without the mark, and the mark. */
export function unmarkArguments(args: readonly string[]): {
  args: readonly string[];
  truth: TruthMark;
} {
  const found = respMark.exec(args.at(-1) ?? '');
  if (!found) return { args, truth: none };
  return {
    args: args.slice(0, -1),
    truth: { call: found[1] || undefined, cause: found[2] || undefined },
  };
}

const none: TruthMark = { call: undefined, cause: undefined };
