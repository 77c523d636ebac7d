import { access } from 'node:fs/promises';

/** Whether there is anything at a path; a link to nothing is none. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
