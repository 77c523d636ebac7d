import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError, UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { type GitResult, runGit } from './git-command.ts';
import type { StoreContext } from './open-store.ts';

/** Who commits where nobody is configured, as in most pipelines. */
const NOBODY = { NAME: 'Wireproof', EMAIL: 'wireproof@localhost' };

/** The working repository's objects and refs, by git's plumbing: no work tree and no index is touched. */
export class GitRepository {
  readonly #context: StoreContext;
  readonly #name: string;

  /** `name` stands in errors. */
  constructor(name: string, context: StoreContext) {
    this.#name = name;
    this.#context = context;
  }

  /** Throws UsageError where there is no repository. */
  async check(): Promise<void> {
    const { code, stderr } = await this.try(['rev-parse', '--git-dir']);
    if (code === 0) return;
    throw new UsageError(`${this.#name} needs a git repository: ${firstLine(stderr)}`, {
      hint: 'run it in a clone (actions/checkout), or keep the baseline elsewhere',
    });
  }

  /** The commit that a ref points to, or undefined. */
  commitOf(ref: string): Promise<string | undefined> {
    return this.#ask(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  }

  /** The object at a path of a commit, or undefined. */
  blobOf(commit: string, path: string): Promise<string | undefined> {
    return this.#ask(['rev-parse', '--verify', '--quiet', `${commit}:${path}`]);
  }

  /** An object's bytes; undefined where it has more than `limit`. */
  async bytesOf(blob: string, limit: number): Promise<Buffer | undefined> {
    if (Number(await this.run(['cat-file', '-s', blob])) > limit) return undefined;
    const result = await this.try(['cat-file', 'blob', blob], { maxBytes: limit });
    return this.#must(result, 'cat-file').stdout;
  }

  hash(bytes: Uint8Array): Promise<string> {
    return this.run(['hash-object', '-w', '--stdin'], { input: bytes });
  }

  /** A commit upon `parent` (or upon nothing) that differs by the file at `path` alone. */
  async commit(parent: string | undefined, path: string, blob: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'wireproof-git-'));
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    try {
      await this.run(['read-tree', parent ?? '--empty'], { env });
      await this.run(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env });
      const tree = await this.run(['write-tree'], { env });
      const parents = parent === undefined ? [] : ['-p', parent];
      const message = `Wireproof's baseline ${path}`;
      return await this.run(['commit-tree', ...parents, '-m', message, tree], {
        env: await this.#identity(),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Whether some work tree has the branch checked out: its files would seem changed. */
  async isCheckedOut(ref: string): Promise<boolean> {
    const trees = await this.run(['worktree', 'list', '--porcelain']);
    return trees.split('\n').includes(`branch ${ref}`);
  }

  async run(
    args: readonly string[],
    more: { input?: Uint8Array; env?: Record<string, string> } = {},
  ): Promise<string> {
    const result = await this.try(args, more);
    return this.#must(result, args[0] ?? '')
      .stdout.toString('utf8')
      .trim();
  }

  try(
    args: readonly string[],
    more: { input?: Uint8Array; maxBytes?: number; env?: Record<string, string> } = {},
  ): Promise<GitResult> {
    const { env, signal } = this.#context;
    return runGit(args, { ...more, env: { ...env, ...more.env }, signal });
  }

  async #ask(args: readonly string[]): Promise<string | undefined> {
    const { code, stdout } = await this.try(args);
    return code === 0 ? stdout.toString('utf8').trim() : undefined;
  }

  #must(result: GitResult, command: string): GitResult {
    if (result.code === 0) return result;
    throw new CaptureError(`${this.#name}: git ${command} failed: ${firstLine(result.stderr)}`);
  }

  async #identity(): Promise<Record<string, string>> {
    const { code } = await this.try(['var', 'GIT_COMMITTER_IDENT']);
    if (code === 0) return {};
    const roles = ['AUTHOR', 'COMMITTER'];
    return Object.fromEntries(
      roles.flatMap((role) => Object.entries(NOBODY).map(([k, v]) => [`GIT_${role}_${k}`, v])),
    );
  }
}

/** What git complained of, without the advice. A remote's URL may hold a password. */
export function firstLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const told = lines.find((line) => /^(?:fatal|error|remote|ERROR)\b/.test(line)) ?? lines[0];
  return visible((told ?? 'no reason given').replace(/\/\/[^/@\s]*@/g, '//'), 300);
}
