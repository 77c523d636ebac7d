import type { Call } from '../call.ts';
import { fixed } from '../segment.ts';
import { keyTokens } from './key.ts';
import type { Protocol } from './protocol.ts';
import { redisArguments } from './redis-arguments.ts';
import { keyless, scripts, subcommands, writes } from './redis-commands.ts';
import { methodOf } from './text.ts';

/** Redis: command and the pattern of its first key. Arguments of commands without a key (AUTH) are never read. */
export const redis: Protocol = (call) => {
  const args = redisArguments(call.requestBody);
  const method = methodOf(call.method || (args[0] ?? ''));
  const mutation = writes.has(method);
  if (keyless.has(method)) return { method, separator: ':', segments: [], mutation };
  const rest = args[0]?.toUpperCase() === method ? args.slice(1) : args;
  if (subcommands.has(method)) {
    const name = /^[A-Za-z]{1,20}/.exec(call.path.trim() || (rest[0] ?? ''))?.[0];
    return { method, separator: ':', segments: name ? [fixed(name.toUpperCase())] : [], mutation };
  }
  return { method, ...keyTokens(keyOf(call, method, rest)), mutation };
};

function keyOf(call: Call, method: string, args: readonly string[]): string {
  if (scripts.has(method)) return Number(args[1]) > 0 ? (args[2] ?? '') : '';
  if (method === 'XREAD' || method === 'XREADGROUP') {
    const at = args.findIndex((arg) => arg.toUpperCase() === 'STREAMS');
    if (at >= 0) return args[at + 1] ?? '';
  }
  if (method === 'BITOP' || method === 'OBJECT' || method === 'MEMORY') return args[1] ?? '';
  return firstWord(call.path, method) || (args[0] ?? '');
}

/** The path is the key, or the whole command line. */
function firstWord(path: string, method: string): string {
  const words = path
    .slice(0, 4096)
    .trim()
    .split(/[\s,]+/, 2);
  return (words[0]?.toUpperCase() === method && words[1] !== undefined ? words[1] : words[0]) ?? '';
}
