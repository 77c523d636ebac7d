import type { Judgement } from '../verdict/judgement.ts';

/** Numbers of an array, each on its line. Inside a string there is no line break. */
const NUMBERS = /\[\n\s+(-?[\d.e+-]+|null)(,\n\s+(-?[\d.e+-]+|null))*\n\s+\]/g;

/**
 * The public JSON of a judgement, one document with a final newline; arrays of numbers stand on one
 * line. Its schema: docs/schema/.
 */
export function renderJson(judgement: Judgement): string {
  const json = JSON.stringify(judgement, null, 2);
  return `${json.replace(NUMBERS, (numbers) => numbers.replace(/\n\s+/g, ' '))}\n`;
}
