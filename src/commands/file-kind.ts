import { open } from 'node:fs/promises';
import { recognise } from '../sources/recognise.ts';
import { KnownError } from '../support/errors.ts';

const HEAD_BYTES = 512;
/** What `--json` prints begins so. */
const REPORT = /^\s*\{\s*"schemaVersion"\s*:\s*1\s*,\s*"verdict"/;
const INVESTIGATION = /^\s*\{\s*"schemaVersion"\s*:\s*1\s*,\s*"symptom"/;

export type FileKind = 'calls' | 'profile' | 'report' | 'investigation';

/** What a file holds, by how it begins; undefined where it is nothing of ours or can't be read. */
export async function fileKind(path: string): Promise<FileKind | undefined> {
  try {
    const head = await headOf(path);
    if (REPORT.test(head)) return 'report';
    if (INVESTIGATION.test(head)) return 'investigation';
    return (await recognise(path)) === 'profile' ? 'profile' : 'calls';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof KnownError || code !== undefined) return undefined;
    throw error;
  }
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
