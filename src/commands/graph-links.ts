import type { Link } from '../profile/profiler.ts';
import { jsonText } from '../support/json-text.ts';

/** One link as a line of JSON: `{"child","parent"|null,"confidence"}`, by call id. */
export function linkLine({ call, parent, confidence }: Link): string {
  return `${jsonText({
    child: call.id,
    parent: parent?.id ?? null,
    confidence: Number(confidence.toFixed(4)),
  })}\n`;
}
