import { createHash } from 'node:crypto';
import { CaptureError } from '../support/errors.ts';
import { type Api, openFetch } from './api.ts';
import type { FoundArtifact } from './artifact-find.ts';
import type { RunContext } from './run-context.ts';
import { unzipOnly } from './unzip.ts';

/** What an archive may need besides its content. */
const ARCHIVE_BYTES = 64 * 1024;

/**
 * The one file in an artifact, of at most `maxBytes`. Throws CaptureError where it is larger, is not
 * what was uploaded (the server's digest), or is no archive of one file.
 */
export async function downloadArtifact(
  api: Api,
  { owner, repo }: RunContext,
  artifact: FoundArtifact,
  { name, maxBytes, signal }: { name: string; maxBytes: number; signal: AbortSignal },
): Promise<Buffer> {
  const refused = (reason: string) =>
    new CaptureError(`${name} is refused: ${reason}`, {
      hint: `it is artifact ${artifact.id} of run ${artifact.runId}: store a new baseline on the base branch`,
    });
  const limit = maxBytes + ARCHIVE_BYTES;
  if (artifact.bytes > limit) throw refused(`it has ${artifact.bytes} bytes, more than ${limit}`);
  const answer = await api.rest.actions.downloadArtifact({
    owner,
    repo,
    artifact_id: artifact.id,
    archive_format: 'zip',
    request: { redirect: 'manual' },
  });
  const place = answer.headers.location;
  if (place === undefined) throw refused('GitHub does not say where its archive is');
  const response = await (await openFetch(signal))(place);
  if (!response.ok) throw refused(`its archive can't be fetched (${response.status})`);
  const zip = await bounded(response, limit);
  if (zip === undefined) throw refused(`it has more than ${limit} bytes`);
  const digest = `sha256:${createHash('sha256').update(zip).digest('hex')}`;
  if (artifact.digest !== undefined && artifact.digest !== digest) {
    throw refused(`its archive has the digest ${digest}, and ${artifact.digest} was uploaded`);
  }
  try {
    return unzipOnly(zip, maxBytes);
  } catch (error) {
    if (error instanceof RangeError) throw refused(error.message);
    throw error;
  }
}

/** The body; undefined where it has more bytes, which are not read. */
async function bounded(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
