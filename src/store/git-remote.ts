import { CaptureError } from '../support/errors.ts';
import { firstLine, type GitRepository } from './git-repository.ts';

const REMOTE = 'origin';
/** Where what the remote has is remembered: nobody's branch is touched. */
const FETCHED = 'refs/wireproof-fetched/';
const HINTS =
  "pushing needs write access: in GitHub Actions `permissions: contents: write` and the checkout's credentials";

/** A ref as the remote has it. */
export class GitRemote {
  /** The ref here that stands for the remote's. */
  readonly tracking: string;
  readonly #git: GitRepository;
  readonly #ref: string;

  private constructor(git: GitRepository, ref: string) {
    this.#git = git;
    this.#ref = ref;
    this.tracking = `${FETCHED}${ref.slice('refs/'.length)}`;
  }

  /** The ref at `origin`, or undefined where the repository has no such remote. */
  static async of(git: GitRepository, ref: string): Promise<GitRemote | undefined> {
    const { code } = await git.try(['remote', 'get-url', REMOTE]);
    return code === 0 ? new GitRemote(git, ref) : undefined;
  }

  /** The remote's commit, fetched; undefined where it lacks the ref. Throws CaptureError. */
  async fetch(): Promise<string | undefined> {
    const listed = await this.#git.try(['ls-remote', '--quiet', REMOTE, this.#ref]);
    if (listed.code !== 0) throw this.#failed('reach', listed.stderr);
    const line = listed.stdout
      .toString('utf8')
      .split('\n')
      .find((one) => one.endsWith(`\t${this.#ref}`));
    const commit = line?.split('\t')[0];
    if (commit === undefined) return undefined;
    // A whole clone must not become a shallow one; a shallow one has no use for more.
    const shallow = (await this.#git.run(['rev-parse', '--is-shallow-repository'])) === 'true';
    const depth = shallow ? ['--depth=1'] : [];
    const refspec = `+${this.#ref}:${this.tracking}`;
    const args = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', ...depth];
    const fetched = await this.#git.try([...args, REMOTE, refspec]);
    if (fetched.code !== 0) throw this.#failed('fetch from', fetched.stderr);
    return this.#git.commitOf(this.tracking);
  }

  /** Pushes a commit upon what the remote has; false where somebody else was quicker. Throws CaptureError. */
  async push(commit: string): Promise<boolean> {
    const args = ['push', '--porcelain', '--no-verify', REMOTE, `${commit}:${this.#ref}`];
    const { code, stdout, stderr } = await this.#git.try(args);
    if (code === 0) {
      await this.#git.run(['update-ref', this.tracking, commit]);
      return true;
    }
    const told = `${stdout.toString('utf8')}\n${stderr}`;
    const lost = /\[rejected\]|cannot lock ref|failed to update ref|incorrect old value/;
    if (lost.test(told)) return false;
    const reason = /^!.*\[remote rejected\] (.*)$/m.exec(told)?.[1];
    throw this.#failed('push to', reason ?? stderr);
  }

  #failed(what: string, stderr: string): CaptureError {
    return new CaptureError(
      `cannot ${what} ${REMOTE} for ${this.#ref}: ${firstLine(stderr)}`,
      what === 'push to' ? { hint: HINTS } : { hint: 'check the network and the access to it' },
    );
  }
}
