import { type Answer, failure } from './answer.ts';
import type { Request } from './route.ts';
import type { Run, State } from './state.ts';

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** A Twirp error: https://twitchtv.github.io/twirp/docs/spec_v7.html */
const twirp = (status: number, code: string, msg: string): Answer => ({
  status,
  body: { code, msg },
});

/** The token that a runner gives its steps for the artifact service: a JWT whose scope names the run. */
export function runtimeToken(run: Run): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const scp = `Actions.GenericRead:0 Actions.Results:${run.backendId}:job-${run.backendId}`;
  return `${part({ alg: 'none' })}.${part({ scp })}.${part({})}`;
}

/** The artifact service and the blob storage that it signs addresses of; undefined for other paths. */
export function answerArtifacts(state: State, request: Request): Answer | undefined {
  const { pathname } = request.url;
  if (pathname.startsWith('/blob/')) return blob(state, request, pathname.slice('/blob/'.length));
  if (!pathname.startsWith(SERVICE)) return undefined;
  const given = JSON.parse(request.body.toString('utf8')) as Record<string, unknown>;
  const run = state.runs.find(({ backendId }) => backendId === given.workflow_run_backend_id);
  if (!run || request.headers.authorization !== `Bearer ${runtimeToken(run)}`) {
    return twirp(401, 'unauthenticated', 'no such run');
  }
  const name = String(given.name);
  const blobName = `${run.backendId}-${run.run_attempt}-${name}`;
  const own = state.artifacts.filter((artifact) => artifact.blob === blobName);
  switch (pathname.slice(SERVICE.length)) {
    case 'CreateArtifact': {
      if (own.some(({ finalized }) => finalized)) {
        return twirp(
          409,
          'already_exists',
          'an artifact with this name already exists on the workflow run',
        );
      }
      const sig = `${request.url.origin}/blob/${encodeURIComponent(blobName)}?sig=write`;
      return { status: 200, body: { ok: true, signed_upload_url: sig } };
    }
    case 'FinalizeArtifact': {
      const bytes = state.blobs.get(blobName);
      if (!bytes || String(bytes.length) !== given.size) {
        return twirp(400, 'failed_precondition', 'the upload is not of that size');
      }
      const artifact = {
        id: state.id(),
        run: run.id,
        name,
        blob: blobName,
        digest: (given.hash as string | undefined) ?? null,
        finalized: true,
        expired: false,
      };
      state.artifacts.push(artifact);
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    }
    case 'ListArtifacts': {
      const listed = state.artifacts.filter(({ run: id }) => id === run.id);
      const artifacts = listed.map(({ id, name, blob }) => ({
        workflow_run_backend_id: run.backendId,
        database_id: String(id),
        name,
        size: String(state.blobs.get(blob)?.length ?? 0),
      }));
      return { status: 200, body: { artifacts } };
    }
    case 'GetSignedArtifactURL':
      return own.length > 0
        ? { status: 200, body: { signed_url: `${request.url.origin}/blob/${blobName}?sig=read` } }
        : twirp(404, 'not_found', 'artifact not found');
    default:
      return twirp(404, 'bad_route', pathname);
  }
}

/** Azure's Put Block, Put Block List, Put Blob and Get Blob. */
function blob(state: State, { method, url, body }: Request, path: string): Answer {
  const name = decodeURIComponent(path);
  const headers = { 'x-ms-request-id': 'r', 'x-ms-version': '2025-05-05', etag: '"0x1"' };
  const signature = url.searchParams.get('sig');
  if (method === 'GET') {
    const bytes = signature === 'read' ? state.blobs.get(name) : undefined;
    return bytes ? { status: 200, bytes, headers } : failure(404, 'BlobNotFound');
  }
  if (method !== 'PUT' || signature !== 'write') return failure(403, 'AuthenticationFailed');
  const block = (id: string) => `${name} block ${id}`;
  if (url.searchParams.get('comp') === 'block') {
    state.blobs.set(block(url.searchParams.get('blockid') ?? ''), body);
  } else if (url.searchParams.get('comp') === 'blocklist') {
    const ids = [...body.toString('utf8').matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(
      ([, id]) => id,
    );
    const parts = ids.map((id) => state.blobs.get(block(id ?? '')) ?? Buffer.alloc(0));
    state.blobs.set(name, Buffer.concat(parts));
  } else {
    state.blobs.set(name, body);
  }
  return { status: 201, headers };
}
