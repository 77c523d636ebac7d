import { describe, expect, it } from 'vitest';
import { isPullRequest, readEvent } from '../../src/github/event.ts';
import { withFile } from '../support/with-file.ts';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const read = (name: string, payload: unknown) =>
  withFile('event.json', JSON.stringify(payload), (path) =>
    readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path }),
  );
const pull = (head: object) => ({
  pull_request: {
    number: 7,
    head: { sha: b, ref: 'feature', ...head },
    base: { sha: a, ref: 'main', repo: { full_name: 'acme/shop' } },
  },
});
const own = pull({ repo: { full_name: 'acme/shop' } });

describe('readEvent', () => {
  it.each(['pull_request', 'pull_request_review', 'pull_request_target'])(
    'reads %s',
    async (name) => {
      expect(await read(name, own)).toEqual({
        kind: 'pull-request',
        number: 7,
        sha: b,
        baseRef: 'main',
        baseSha: a,
        fork: false,
        trusted: name === 'pull_request_target',
      });
    },
  );

  it.each([
    ['in another repository', { repo: { full_name: 'mallory/shop' } }],
    ['in none any more', { repo: null }],
  ])('knows a fork by its head: %s', async (_, head) => {
    expect(await read('pull_request', pull(head))).toMatchObject({ fork: true });
  });

  it('reads a merge group, a push and a deployment', async () => {
    const merge_group = { head_sha: b, base_ref: 'refs/heads/main', base_sha: a };
    expect(await read('merge_group', { merge_group })).toEqual({
      kind: 'merge-group',
      sha: b,
      baseRef: 'main',
    });
    expect(await read('push', { ref: 'refs/heads/x', after: b })).toEqual({
      kind: 'push',
      sha: b,
      ref: 'refs/heads/x',
    });
    expect(await read('deployment', { deployment: { id: 5, sha: b, ref: 'main' } })).toEqual({
      kind: 'deployment',
      id: 5,
      sha: b,
    });
  });

  it.each(['schedule', 'workflow_dispatch', 'constructor', '__proto__'])(
    'knows nothing more of %s',
    async (name) => {
      expect(await read(name, {})).toEqual({ kind: 'other' });
    },
  );

  it.each([
    [{}],
    [null],
    [{ pull_request: { ...own.pull_request, number: '7; rm -rf /' } }],
    [{ pull_request: { ...own.pull_request, base: { sha: '--upload-pack=evil' } } }],
    [pull({ sha: 'HEAD', repo: { full_name: 'acme/shop' } })],
    [pull({})],
  ])('tells that %j is none that GitHub sends, and of what', async (payload) => {
    const event = await read('pull_request', payload);
    expect(event).toMatchObject({ kind: 'unreadable', pull: true });
    expect(isPullRequest(event)).toBe(true);
  });

  it('is unreadable without a payload; none at all outside of a workflow', async () => {
    const event = await readEvent({ GITHUB_EVENT_NAME: 'push' });
    expect(event).toMatchObject({ kind: 'unreadable', pull: false });
    expect(isPullRequest(event)).toBe(false);
    expect(await readEvent({})).toEqual({ kind: 'other' });
  });
});
