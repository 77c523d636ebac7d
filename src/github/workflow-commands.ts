import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Annotation } from './annotations.ts';

/**
 * The runner's protocol, as documented for workflow commands and environment files. `@actions/core`
 * speaks it too, and brings a whole HTTP client to do so.
 */

/** The line that shows an annotation beside the workflow. */
export function annotate({ kind, title, message }: Annotation): string {
  return `::${kind} title=${escapeProperty(title)}::${escapeData(message)}\n`;
}

/** The line that makes the runner mask a secret in everything logged after it. */
export function mask(secret: string): string {
  return `::add-mask::${escapeData(secret)}\n`;
}

/** Sets outputs of the step; does nothing outside a workflow. */
export async function setOutputs(
  outputs: Readonly<Record<string, string>>,
  file: string | undefined,
): Promise<void> {
  if (!file) return;
  // A value can't end its own block and set another output: nobody knows the delimiter before.
  const delimiter = `ghadelimiter_${randomUUID()}`;
  const blocks = Object.entries(outputs).map(
    ([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`,
  );
  await appendFile(file, blocks.join(''));
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
