import { formatOperation } from '../../calls/operation.ts';
import type { Target } from '../../calls/target.ts';
import { familyKey } from '../../profile/profile.ts';
import type { Json } from '../../support/json.ts';

/** Operations of one workload, protocol and method that are kept apart. */
const MAX_FORMS = 100;
/** Families whose operations are kept apart. */
const MAX_FAMILIES = 5_000;
const MAX_CACHED = 20_000;

/**
 * Names operations alike in every slot. Templates that are drawn from what was seen would change with
 * every slot, so a name comes from the one call; a family that has too many is one operation from then
 * on, for good.
 */
export class OperationNaming {
  /** The operations of each family; undefined: they are one. */
  readonly #families = new Map<string, Set<string> | undefined>();
  readonly #cache = new Map<string, string>();

  /** `kept` is what `toJSON` gave; what can't be read is taken for nothing. */
  constructor(kept?: Json) {
    for (const entry of Array.isArray(kept) ? (kept as Json[]) : []) {
      const [family, forms] = Array.isArray(entry) ? (entry as Json[]) : [];
      if (typeof family !== 'string') continue;
      this.#families.set(family, Array.isArray(forms) ? new Set(forms.map(String)) : undefined);
    }
  }

  /** Plain form. */
  of(target: Target): string {
    const family = familyKey(target);
    if (this.#isOne(family)) return this.whole(target);
    const key = `${family} ${target.segments.join('\0')}`;
    let name = this.#cache.get(key);
    if (name === undefined) {
      if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
      name = formatOperation(target, target.segments);
      this.#cache.set(key, name);
    }
    return name;
  }

  /** The one operation that a family is which has too many. */
  whole({ workload, method }: Pick<Target, 'workload' | 'method'>): string {
    return `${workload} ${method} {any}`;
  }

  /**
   * Of a family's operations in one slot those that are told as one: none where they aren't too many,
   * else those that were not learned, so that a scan hides nothing that is known.
   */
  surplus(family: string, operations: readonly string[]): readonly string[] {
    if (operations.length <= MAX_FORMS) return [];
    const known = this.#families.get(family);
    return operations.filter((operation) => !known?.has(operation));
  }

  /** Whether an operation of a family was learned. */
  knows(family: string, operation: string): boolean {
    const forms = this.#families.get(family);
    return forms === undefined ? this.#isOne(family) : forms.has(operation);
  }

  /** Takes the operations of a slot, each with its family. */
  learn(families: ReadonlyMap<string, string>): void {
    for (const [operation, family] of families) {
      if (this.#isOne(family)) continue;
      const known = this.#families.get(family) ?? new Set();
      if (known.size === 0 && this.#families.size >= MAX_FAMILIES) continue;
      known.add(operation);
      this.#families.set(family, known.size > MAX_FORMS ? undefined : known);
    }
  }

  toJSON(): Json {
    return [...this.#families]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([family, forms]) => [family, forms === undefined ? null : [...forms].sort()]);
  }

  #isOne(family: string): boolean {
    return this.#families.has(family) && this.#families.get(family) === undefined;
  }
}
