import { HubFailure } from './hub-failure.ts';

const bigInteger = /"(\w+)"(\s*:\s*)(-?\d{16,})(?=\s*[,}\]])/g;

/** What names a file may be told without quotes. */
const barePath = /^\s*\/[^\s"<>{}[\]]*\s*$/;

/**
 * Parses a tool's answer; integers of 16 digits and more become text, since a double would lose
 * digits of the 64-bit `conn_id` and `flow_id`. A quote inside a JSON string is escaped, so the
 * pattern can only meet a member's value.
 */
export function parseAnswer(text: string): unknown {
  if (barePath.test(text)) return text.trim();
  try {
    return JSON.parse(text.replace(bigInteger, '"$1"$2"$3"'));
  } catch (cause) {
    throw new HubFailure('garbage', 'the answer is not JSON', cause);
  }
}
