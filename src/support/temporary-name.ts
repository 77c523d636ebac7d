import { randomBytes } from 'node:crypto';

/**
 * A name beside a file for what becomes that file once it is whole. Containers number their processes
 * alike, so a process's number would not tell two writers to a shared volume apart; and nobody can lay
 * a link where it is not known what will be written.
 */
export function temporaryName(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}.tmp`;
}
