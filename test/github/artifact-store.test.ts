import { afterEach, describe, expect, it, vi } from 'vitest';
import { artifactStores } from '../../src/github/artifact-store.ts';
import { readEvent } from '../../src/github/event.ts';
import { runContextOf } from '../../src/github/run-context.ts';
import { onGitHub } from './on-github.ts';
import type { Artifact } from './stand-in/state.ts';
import { type StartedRun, sha } from './stand-in/workflow.ts';
import { zip } from './zip.ts';

const NAME = 'wireproof-baseline';
const BYTES = Buffer.from('a stored baseline');

const gitHub = onGitHub();

afterEach(() => {
  vi.unstubAllEnvs();
});

async function storeOf({ env }: StartedRun, branch?: string) {
  const notes: string[] = [];
  const signal = new AbortController().signal;
  const run = runContextOf(env, await readEvent(env));
  const open = artifactStores({ run, token: env['INPUT_GITHUB-TOKEN'], branch });
  const store = await open(NAME, { env, signal, note: (line) => void notes.push(line) });
  return { store, notes };
}

/** Stores a baseline as a step of the run does, and ends the run well. */
async function keep(run: StartedRun, bytes: Uint8Array = BYTES, conclusion = 'success') {
  for (const [name, value] of Object.entries(run.env)) vi.stubEnv(name, value);
  // The client tells the runner's log each step.
  const told = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { store } = await storeOf(run);
  await store.write(bytes).finally(() => told.mockRestore());
  gitHub.workflows.end(run, conclusion);
}

const artifact = () => gitHub.workflows.gitHub.state.artifacts.at(-1) as Artifact;

describe('a baseline in an artifact', () => {
  it('is read in the pull request into the branch whose last good run stored it', async () => {
    await keep(gitHub.workflows.onPush('main', 'old'), Buffer.from('older'));
    await keep(gitHub.workflows.onPush('main', 'new'));
    await keep(gitHub.workflows.onPush('main', 'red'), Buffer.from('of a red run'), 'failure');
    await keep(gitHub.workflows.onPush('other', 'elsewhere'), Buffer.from('of another branch'));
    const { store, notes } = await storeOf(gitHub.workflows.onPull(7));
    expect(await store.read()).toEqual({
      bytes: BYTES,
      attested: { commit: sha('new'), ref: 'refs/heads/main', runId: expect.any(String) },
    });
    expect(notes).toEqual([
      expect.stringMatching(/^artifact:wireproof-baseline read from run \d+ on main/),
    ]);
  });

  it.each([
    ['a merge group', () => gitHub.workflows.onMergeGroup('queued'), 'of main'],
    ['a run by hand', () => gitHub.workflows.onDispatch('by hand'), 'of main'],
    ['a push to another branch', () => gitHub.workflows.onPush('other', 'pushed'), 'of other'],
  ])('%s reads that of its own base', async (_, start, expected) => {
    await keep(gitHub.workflows.onPush('main', 'a'), Buffer.from('of main'));
    await keep(gitHub.workflows.onPush('other', 'b'), Buffer.from('of other'));
    const { store } = await storeOf(start());
    expect(String((await store.read())?.bytes)).toBe(expected);
  });

  it('is that of another branch where one is named', async () => {
    await keep(gitHub.workflows.onPush('main', 'a'), Buffer.from('of main'));
    await keep(gitHub.workflows.onPush('release', 'b'), Buffer.from('of release'));
    const { store } = await storeOf(gitHub.workflows.onPull(7), 'release');
    expect(String((await store.read())?.bytes)).toBe('of release');
  });

  it('of a run that was started again is the last one', async () => {
    const run = gitHub.workflows.onPush('main', 'a');
    await keep(run, Buffer.from('first'), 'failure');
    await keep(gitHub.workflows.again(run), Buffer.from('second'));
    const { store } = await storeOf(gitHub.workflows.onPull(7));
    expect(String((await store.read())?.bytes)).toBe('second');
  });

  it('is not there yet in a new repository, nor where it has expired', async () => {
    expect(await (await storeOf(gitHub.workflows.onPull(7))).store.read()).toBeUndefined();
    await keep(gitHub.workflows.onPush('main', 'a'));
    artifact().expired = true;
    const { store, notes } = await storeOf(gitHub.workflows.onPull(7));
    expect(await store.read()).toBeUndefined();
    expect(notes.join()).toMatch(/has expired.*no good run of .*gate\.yml on main has/);
  });

  it("holds a large one, in many of the service's blocks", async () => {
    const large = Buffer.alloc(20 * 1024 * 1024, 'wireproof');
    await keep(gitHub.workflows.onPush('main', 'a'), large);
    const { store } = await storeOf(gitHub.workflows.onPull(7));
    expect(Buffer.compare((await store.read())?.bytes ?? Buffer.alloc(0), large)).toBe(0);
  });
});

describe('what is refused', () => {
  it("a fork's, though its branch is called as the base: the base's own counts", async () => {
    await keep(gitHub.workflows.onPush('main', 'a'));
    gitHub.workflows.push(8, 'evil', { fork: true });
    await keep(gitHub.workflows.onPull(8), Buffer.from('evil'));
    const { store, notes } = await storeOf(gitHub.workflows.onPull(7));
    expect((await store.read())?.bytes).toEqual(BYTES);
    expect(notes[0]).toMatch(
      /^the baseline of run \d+ is refused: its code came from mallory\/shop$/,
    );
  });

  it("a hundred of a fork's don't hide the base's own", async () => {
    await keep(gitHub.workflows.onPush('main', 'a'));
    gitHub.workflows.push(8, 'evil', { fork: true });
    for (let i = 0; i < 130; i++) gitHub.workflows.end(gitHub.workflows.onPull(8), 'success');
    const { store, notes } = await storeOf(gitHub.workflows.onPull(7));
    expect((await store.read())?.bytes).toEqual(BYTES);
    expect(notes[0]).toMatch(/mallory\/shop \(and of 129 more runs\)$/);
  });

  it("a pull request's, and one of a repository that is gone", async () => {
    gitHub.workflows.push(8, 'evil', { fork: true });
    await keep(gitHub.workflows.onPull(8, 'pull_request_target'), Buffer.from('evil'));
    const pull = gitHub.workflows.gitHub.state.pulls.get(8);
    if (pull) pull.head.repo = null;
    await keep(gitHub.workflows.onPull(8), Buffer.from('evil'));
    gitHub.workflows.push(9, 'own');
    const own = gitHub.workflows.gitHub.state.pulls.get(9);
    if (own) own.head.ref = 'main';
    await keep(gitHub.workflows.onPull(9), Buffer.from('of a change'));
    const { store, notes } = await storeOf(gitHub.workflows.onPull(7));
    expect(await store.read()).toBeUndefined();
    expect(notes[0]).toMatch(/it ran for the event pull_request \(and of 2 more runs\)$/);
  });

  it('an artifact that belongs to another run than the one that lists it', async () => {
    await keep(gitHub.workflows.onPush('main', 'a'));
    artifact().foreign = { head_repository_id: 666 };
    await expect((await storeOf(gitHub.workflows.onPull(7))).store.read()).rejects.toThrow(
      /artifact:wireproof-baseline is refused: artifact \d+ does not belong to run \d+/,
    );
  });

  it('bytes that are not those that were uploaded', async () => {
    await keep(gitHub.workflows.onPush('main', 'a'));
    const evil = zip([{ name: 'baseline.json.zst', content: Buffer.from('evil') }]);
    gitHub.workflows.gitHub.state.blobs.set(artifact().blob, evil);
    await expect((await storeOf(gitHub.workflows.onPull(7))).store.read()).rejects.toThrow(
      /is refused: its archive has the digest sha256:\w+, and sha256:\w+ was uploaded/,
    );
  });

  it('an archive that is none of ours', async () => {
    await keep(gitHub.workflows.onPush('main', 'a'));
    const { state } = gitHub.workflows.gitHub;
    const path = zip([{ name: '../x', content: BYTES }]);
    state.blobs.set(artifact().blob, path);
    state.artifacts[0] = { ...artifact(), digest: null };
    await expect((await storeOf(gitHub.workflows.onPull(7))).store.read()).rejects.toThrow(
      'no plain name',
    );
  });
});

describe('what goes wrong', () => {
  it('names the permission that is missing', async () => {
    gitHub.workflows.permit({ contents: 'read' });
    await expect((await storeOf(gitHub.workflows.onPull(7))).store.read()).rejects.toThrow(
      /cannot read artifact:wireproof-baseline: GitHub answered 403 .*permission actions: read/,
    );
  });

  it('tells two jobs of one run that they need two names', async () => {
    const run = gitHub.workflows.onPush('main', 'a');
    await keep(run);
    await expect(keep(run)).rejects.toMatchObject({
      message: expect.stringContaining('409'),
      hint: expect.stringContaining('needs a name of its own'),
    });
  });

  it('says that an Enterprise Server takes none', async () => {
    const run = gitHub.workflows.onPush('main', 'a');
    const env = { ...run.env, GITHUB_SERVER_URL: 'https://github.acme.example' };
    await expect(keep({ ...run, env })).rejects.toMatchObject({
      hint: expect.stringContaining('git:REF'),
    });
  });
});
