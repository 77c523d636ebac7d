import { CaptureError, UsageError } from '../support/errors.ts';
import { GitRemote } from './git-remote.ts';
import { GitRepository } from './git-repository.ts';
import type { StoreContext } from './open-store.ts';
import type { Place } from './place.ts';
import { MAX_STORED_BYTES, type Store, StoreConflict, type Stored } from './store.ts';

type GitPlace = Extract<Place, { kind: 'git' }>;

/** How often another writer may be quicker before we give up. */
const TRIES = 8;

/**
 * A file on a branch or ref of its own. Where there is a remote `origin`, that one counts: each write
 * is a commit upon what it has, and is pushed; what it had is remembered for when it can't be reached.
 * Two writers can't lose one.
 */
export class GitStore implements Store {
  readonly name: string;
  readonly #place: GitPlace;
  readonly #git: GitRepository;
  readonly #note: (line: string) => void;

  constructor(place: GitPlace, context: StoreContext) {
    this.name = `git:${place.ref}:${place.path}`;
    this.#place = place;
    this.#git = new GitRepository(this.name, context);
    this.#note = context.note;
  }

  async read(): Promise<Stored | undefined> {
    await this.#git.check();
    const commit = await this.#newest(await this.#remote());
    if (commit === undefined) return undefined;
    const blob = await this.#git.blobOf(commit, this.#place.path);
    if (blob === undefined) return undefined;
    const bytes = await this.#git.bytesOf(blob, MAX_STORED_BYTES);
    if (bytes) return { bytes, revision: blob };
    throw new CaptureError(`${this.name} has more than ${MAX_STORED_BYTES} bytes`);
  }

  async write(bytes: Uint8Array, replacing?: string | null): Promise<void> {
    const { ref } = this.#place;
    await this.#git.check();
    if (await this.#git.isCheckedOut(ref)) {
      throw new UsageError(`${this.name}: the branch is checked out here`, {
        hint: 'give the baseline a ref of its own: git:refs/wireproof/baseline',
      });
    }
    const remote = await this.#remote();
    const blob = await this.#git.hash(bytes);
    for (let i = 0; i < TRIES; i++) {
      if (await this.#writeOnce(remote, blob, replacing)) return;
    }
    throw new CaptureError(
      `${this.name}: ${TRIES} times somebody else was quicker to write ${ref}`,
      {
        hint: 'let fewer jobs write to one ref at the same time',
      },
    );
  }

  /** False where the ref moved meanwhile. */
  async #writeOnce(
    remote: GitRemote | undefined,
    blob: string,
    replacing: string | null | undefined,
  ): Promise<boolean> {
    const { ref, path } = this.#place;
    const base = remote ? await remote.fetch() : await this.#git.commitOf(ref);
    const before = base && (await this.#git.blobOf(base, path));
    if (replacing !== undefined && (before ?? null) !== replacing)
      throw new StoreConflict(this.name);
    const commit =
      base !== undefined && before === blob ? base : await this.#git.commit(base, path, blob);
    if (remote) return remote.push(commit);
    const { code } = await this.#git.try(['update-ref', ref, commit, base ?? '']);
    return code === 0;
  }

  async #newest(remote: GitRemote | undefined): Promise<string | undefined> {
    if (!remote) return this.#git.commitOf(this.#place.ref);
    try {
      return await remote.fetch();
    } catch (error) {
      const known = await this.#git.commitOf(remote.tracking);
      if (known === undefined || !(error instanceof CaptureError)) throw error;
      this.#note(`${error.message}; what it had before is used`);
      return known;
    }
  }

  #remote(): Promise<GitRemote | undefined> {
    return GitRemote.of(this.#git, this.#place.ref);
  }
}
