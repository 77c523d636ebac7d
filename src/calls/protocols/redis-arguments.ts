import type { Body } from '../call.ts';
import { jsonOf, textOf } from './text.ts';

const MAX_ARGUMENTS = 64;

/** A command's arguments from a body that is a JSON array, RESP, or plain text; as far as they were seen. */
export function redisArguments(body: Body): string[] {
  const json = jsonOf(body);
  if (Array.isArray(json)) return json.slice(0, MAX_ARGUMENTS).map(text);
  if (typeof json === 'object' && json !== null) {
    const { args, arguments: named, command, key } = Object.fromEntries(Object.entries(json));
    const list = Array.isArray(args) ? args : Array.isArray(named) ? named : [key];
    return [command, ...list]
      .filter((item) => item !== undefined)
      .slice(0, MAX_ARGUMENTS)
      .map(text);
  }
  const seen = textOf(body).slice(0, 8192).trim();
  if (/^\*\d+\r?\n/.test(seen)) return resp(seen);
  return seen === '' ? [] : seen.split(/\s+/, MAX_ARGUMENTS);
}

/** RESP arrays of bulk strings: `*2 $3 GET $1 k`, a line each. */
function resp(seen: string): string[] {
  const lines = seen.split(/\r?\n/, 2 * MAX_ARGUMENTS + 1);
  return lines.filter((_, index) => index > 0 && index % 2 === 0);
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
