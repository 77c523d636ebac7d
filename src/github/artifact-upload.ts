import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from '../support/errors.ts';

/** The one file in the archive. */
const FILE = 'baseline.json.zst';

/**
 * Uploads the bytes as an artifact of this run: the runner's own token, no permission. Throws
 * CaptureError with the remedy.
 */
export async function uploadArtifact(name: string, bytes: Uint8Array): Promise<void> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const folder = await mkdtemp(join(tmpdir(), 'wireproof-artifact-'));
  try {
    const file = join(folder, FILE);
    await writeFile(file, bytes);
    // The bytes are compressed already.
    await new DefaultArtifactClient().uploadArtifact(name, [file], folder, { compressionLevel: 0 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaptureError(`cannot store artifact:${name}: ${reason}`, {
      cause,
      hint: hintOf(reason),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function hintOf(reason: string): string {
  if (/GHES/.test(reason))
    return 'GitHub Enterprise Server takes none: use git:REF or s3://BUCKET/KEY';
  if (/\(409\)/.test(reason)) return 'each job of a run, also of a matrix, needs a name of its own';
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(reason)) {
    return 'only a step that `uses:` the Action may upload artifacts, not one that runs a command';
  }
  return 'the job can be run again; else keep the baseline in git:REF or s3://BUCKET/KEY';
}
