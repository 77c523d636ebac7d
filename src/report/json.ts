import type { Investigation } from '../incident/investigation.ts';
import { jsonText } from '../support/json-text.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** Numbers of an array, each on its line. Inside a string there is no line break. */
const NUMBERS = /\[\n\s+(-?[\d.e+-]+|null)(,\n\s+(-?[\d.e+-]+|null))*\n\s+\]/g;

/**
 * The public JSON of a judgement or an investigation, one document with a final newline; arrays of
 * numbers stand on one line. Their schemas: docs/schema/.
 */
export function renderJson(result: Judgement | Investigation): string {
  const json = jsonText(result, 2);
  return `${json.replace(NUMBERS, (numbers) => numbers.replace(/\n\s+/g, ' '))}\n`;
}
