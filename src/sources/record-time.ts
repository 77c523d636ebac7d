import { parseLine } from './record.ts';

const KEY = '"ts"';
/** The value right behind the key: a whole number of milliseconds, as Kubeshark writes it. */
const VALUE = /\s*:\s*([1-9]\d{11,13})\s*[,}]/y;

/**
 * The time that a record's text states, Unix ms, without parsing it; undefined where only parsing
 * tells. If the record is a call, it is the call's: the key stands in the text once, and not disguised.
 */
export function statedTime(text: string): number | undefined {
  const at = text.indexOf(KEY);
  if (at < 0) return undefined;
  VALUE.lastIndex = at + KEY.length;
  const digits = VALUE.exec(text)?.[1];
  if (digits === undefined || text.includes(KEY, VALUE.lastIndex)) return undefined;
  // A `t` or an `s` may be written as an escape, and of two keys that are equal JSON takes the last.
  return text.includes('\\u007') ? undefined : Number(digits);
}

/** The time of the call that a record is, Unix ms, parsing it only where its text doesn't tell; undefined where it is none. */
export function timeOf(text: string): number | undefined {
  const stated = statedTime(text);
  if (stated !== undefined) return stated;
  const observation = parseLine(text);
  return observation.kind === 'call' ? observation.call.ts : undefined;
}
