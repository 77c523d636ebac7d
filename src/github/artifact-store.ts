import type { OpenArtifact } from '../store/open-store.ts';
import { MAX_STORED_BYTES } from '../store/store.ts';
import { CaptureError, KnownError } from '../support/errors.ts';
import { openApi } from './api.ts';
import { downloadArtifact } from './artifact-download.ts';
import { findArtifact } from './artifact-find.ts';
import { uploadArtifact } from './artifact-upload.ts';
import { baseBranch } from './base-branch.ts';
import { explainFailure } from './permission.ts';
import type { RunContext } from './run-context.ts';

/** Where `artifact:NAME` is read with which token; `branch` instead of the one that the event tells. */
export interface ArtifactAccess {
  readonly run: RunContext | undefined;
  readonly token: string | undefined;
  readonly branch: string | undefined;
}

/**
 * Opens baselines in artifacts: written to this run, read from the last good run of this workflow
 * on the base branch.
 */
export function artifactStores({ run, token, branch }: ArtifactAccess): OpenArtifact {
  return async (artifact, { signal, note }) => ({
    name: `artifact:${artifact}`,

    async read() {
      const name = `artifact:${artifact}`;
      if (!run) throw new CaptureError(`${name}: GITHUB_REPOSITORY does not say whose artifact`);
      if (token === undefined) {
        throw new CaptureError(`${name}: to read it takes the input github-token`);
      }
      try {
        const api = await openApi({ token, apiUrl: run.apiUrl }, { signal, note });
        const base = branch ?? (await baseBranch(api, run));
        const found = await findArtifact(api, run, base, artifact, note);
        if (!found) {
          note(`no good run of ${run.workflow} on ${base} has ${name}`);
          return undefined;
        }
        const limits = { name, maxBytes: MAX_STORED_BYTES, signal };
        const bytes = await downloadArtifact(api, run, found, limits);
        note(`${name} read from run ${found.runId} on ${base} (${found.commit})`);
        return {
          bytes,
          attested: { commit: found.commit, ref: `refs/heads/${base}`, runId: String(found.runId) },
        };
      } catch (cause) {
        if (cause instanceof KnownError || signal.aborted) throw cause;
        throw new CaptureError(explainFailure(`cannot read ${name}`, cause, 'actions: read'), {
          cause,
        });
      }
    },

    write: (bytes) => uploadArtifact(artifact, bytes),
  });
}
