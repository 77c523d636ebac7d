import { formatOperation } from '../../calls/operation.ts';
import type { Target } from '../../calls/target.ts';
import { familyKey } from '../../profile/profile.ts';

/** Operations of one workload, protocol and method that are kept apart. */
const MAX_FORMS = 100;
/** Families that have names of their own. */
const MAX_FAMILIES = 5_000;
const MAX_CACHED = 20_000;

/**
 * Names operations alike in every slot. Templates that are drawn from what was seen would change with
 * every slot, so a name comes from the one call; a family that has too many is one operation from then
 * on, for good.
 */
export class OperationNaming {
  /** Families whose operations are one. */
  readonly #collapsed: Set<string>;
  readonly #cache = new Map<string, string>();

  constructor(collapsed: Iterable<string> = []) {
    this.#collapsed = new Set(collapsed);
  }

  /** Sorted. */
  get collapsed(): readonly string[] {
    return [...this.#collapsed].sort();
  }

  /** Plain form. */
  of(target: Target): string {
    const family = familyKey(target);
    if (this.#collapsed.size > 0 && this.#collapsed.has(family)) return this.whole(target);
    const key = `${family} ${target.segments.join('\0')}`;
    let name = this.#cache.get(key);
    if (name === undefined) {
      if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
      name = formatOperation(target, target.segments);
      this.#cache.set(key, name);
    }
    return name;
  }

  /** The one operation that a collapsed family is. */
  whole({ workload, method }: Target): string {
    return `${workload} ${method} {any}`;
  }

  /** Notes that a family has so many forms in one slot; says whether it is one operation from now on. */
  tooMany(family: string, forms: number): boolean {
    if (this.#collapsed.has(family)) return true;
    if (forms <= MAX_FORMS) return false;
    if (this.#collapsed.size >= MAX_FAMILIES) return true;
    this.#collapsed.add(family);
    this.#cache.clear();
    return true;
  }
}
