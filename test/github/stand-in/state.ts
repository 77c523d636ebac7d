/** What GitHub knows of one repository, as far as its API shows it. */

export interface Actor {
  readonly login: string;
  readonly type: 'Bot' | 'User';
}

/** A workflow's own token acts for this app. */
export const ACTIONS_BOT: Actor = { login: 'github-actions[bot]', type: 'Bot' };

export interface Token {
  readonly owner: Actor;
  /** As a workflow's `permissions:` has them; absent is none. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly user: Actor;
  body: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly user: Actor;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  state_reason: string | null;
  readonly created_at: string;
  updated_at: string;
}

export interface Repository {
  readonly id: number;
  readonly full_name: string;
}

export interface Pull {
  readonly number: number;
  head: { sha: string; ref: string; repo: Repository | null };
  base: { sha: string; ref: string; repo: Repository };
}

export interface Review {
  readonly id: number;
  readonly pull: number;
  readonly user: Actor;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly commit_id: string;
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly conclusion: string;
  readonly details_url: string | undefined;
  title: string;
  summary: string;
  readonly annotations: Record<string, unknown>[];
}

export interface Status {
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly target_url: string | null;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: Readonly<Record<string, unknown>> | string;
  readonly created_at: string;
}

export interface DeploymentStatus {
  readonly deployment: number;
  readonly state: string;
  readonly description: string;
  /** Absent: now. */
  readonly created_at?: string;
}

/** A commit of the default branch. */
export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly date: string;
  readonly files: readonly string[];
}

export interface Run {
  readonly id: number;
  readonly path: string;
  readonly event: string;
  readonly head_branch: string;
  readonly head_sha: string;
  readonly head_repository: Repository | null;
  run_attempt: number;
  status: 'completed' | 'in_progress';
  conclusion: string | null;
  /** How the artifact service calls it. */
  readonly backendId: string;
}

export interface Artifact {
  readonly id: number;
  readonly run: number;
  readonly name: string;
  readonly blob: string;
  readonly digest: string | null;
  finalized: boolean;
  expired: boolean;
  /** What the API says of the run, where it isn't that run. */
  foreign?: Record<string, unknown>;
}

/** Everything that the stand-in holds; tests put things there and look at what became of them. */
export class State {
  readonly repository: Repository = { id: 1001, full_name: 'acme/shop' };
  readonly defaultBranch = 'main';
  readonly tokens = new Map<string, Token>();
  readonly comments: Comment[] = [];
  readonly issues: Issue[] = [];
  readonly pulls = new Map<number, Pull>();
  readonly reviews: Review[] = [];
  /** Login → permission on the repository. */
  readonly collaborators = new Map<string, 'admin' | 'write' | 'read' | 'none'>();
  readonly checks: CheckRun[] = [];
  readonly statuses: Status[] = [];
  readonly deployments = new Map<number, Deployment>();
  readonly deploymentStatuses: DeploymentStatus[] = [];
  readonly runs: Run[] = [];
  readonly artifacts: Artifact[] = [];
  readonly blobs = new Map<string, Buffer>();
  /** `commit path` → text. */
  readonly files = new Map<string, string>();
  readonly commits = new Set<string>();
  /** Of the default branch. */
  readonly log: Commit[] = [];
  #ids = 5000;

  id(): number {
    return ++this.#ids;
  }
}
