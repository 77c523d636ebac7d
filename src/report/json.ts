import type { Judgement } from '../verdict/judgement.ts';

/** The public JSON of a judgement, one document with a final newline. Its schema: docs/schema/. */
export function renderJson(judgement: Judgement): string {
  return `${JSON.stringify(judgement, null, 2)}\n`;
}
