import { matchGlob } from '../support/glob.ts';
import type { Call, Endpoint, Workload } from './call.ts';
import { redactedCall } from './redacted-call.ts';

/**
 * A rule that names a workload by its service, its pod or the outside host that was asked for. Stars
 * stand for any text; in the name, for what the pattern's first star stood for.
 */
export interface IdentityRule {
  readonly by: 'service' | 'pod' | 'host';
  readonly pattern: string;
  readonly workload: string;
}

const MAX_CACHED = 10_000;
const MAX_NAME = 253;
const KINDS = { service: 'service', host: 'host' } as const;

/**
 * Names the workloads of calls by rules; the first that fits counts. Whoever reads calls names them
 * here, so this is also where names lose the secrets in them. Other calls stay as they are.
 */
export class Identity {
  readonly #rules: readonly IdentityRule[];
  readonly #named = new Map<string, Workload | undefined>();

  constructor(rules: readonly IdentityRule[]) {
    this.#rules = rules;
  }

  /** The call with its workloads named. */
  apply(seen: Call): Call {
    const call = redactedCall(seen);
    if (this.#rules.length === 0) return call;
    const src = this.#endpoint(call.src);
    const dst = this.#endpoint(call.dst);
    return src === call.src && dst === call.dst ? call : { ...call, src, dst };
  }

  #endpoint(endpoint: Endpoint): Endpoint {
    const { workload, pod } = endpoint;
    const key = JSON.stringify([workload.kind, workload.name, pod ?? null]);
    let named = this.#named.get(key);
    if (!named && !this.#named.has(key)) {
      if (this.#named.size >= MAX_CACHED) this.#named.clear();
      named = this.#name(endpoint);
      this.#named.set(key, named);
    }
    return named ? { ...endpoint, workload: named } : endpoint;
  }

  #name({ workload, pod }: Endpoint): Workload | undefined {
    for (const { by, pattern, workload: name } of this.#rules) {
      const told = by === 'pod' ? pod : KINDS[by] === workload.kind ? workload.name : undefined;
      const stars = told === undefined ? undefined : matchGlob(pattern, told);
      if (!stars) continue;
      const full = name.replace('*', () => stars[0] ?? '').slice(0, MAX_NAME);
      if (full !== '') return { ...workload, name: full };
    }
    return undefined;
  }
}
