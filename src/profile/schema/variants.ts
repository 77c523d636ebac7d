import { type Json, sortedEntries } from '../../support/json.ts';
import { isMember } from './enum-values.ts';
import { count, list, pair, text } from './json-read.ts';
import { DISCRIMINATORS, MAX_KEY, MAX_VARIANTS } from './limits.ts';

/** The objects with one value of the discriminating field: how many, and in how many each field was. */
export interface Variant {
  count: number;
  readonly present: Map<string, number>;
}

/**
 * Presence of fields by the value of a discriminating field, so that a field which one variant
 * always has is not just 'optional'. Too many values, or values that are no words: that field does
 * not discriminate (absorbing). Mergeable.
 */
export class Variants {
  /** By field, then by value; null: does not discriminate. */
  readonly #fields = new Map<string, Map<string, Variant> | null>();

  /** By field in code-unit order, then by value. */
  *entries(): Generator<readonly [field: string, value: string, variant: Readonly<Variant>]> {
    for (const [field, variants] of sortedEntries(this.#fields)) {
      for (const [value, variant] of sortedEntries(variants ?? new Map<string, Variant>())) {
        yield [field, value, variant];
      }
    }
  }

  add(field: string, value: string, keys: readonly string[]): void {
    const variant = this.#variant(field, value);
    if (!variant) return;
    variant.count++;
    for (const key of keys) variant.present.set(key, (variant.present.get(key) ?? 0) + 1);
  }

  /** Fields whose values are secret do not discriminate. */
  close(isSecret: (field: string) => boolean): void {
    for (const field of this.#fields.keys()) if (isSecret(field)) this.#fields.set(field, null);
  }

  merge(other: Variants): void {
    for (const [field, variants] of other.#fields) {
      if (variants === null) this.#fields.set(field, null);
      for (const [value, theirs] of variants ?? []) {
        const ours = this.#variant(field, value);
        if (!ours) break;
        ours.count += theirs.count;
        for (const [key, times] of theirs.present) {
          ours.present.set(key, (ours.present.get(key) ?? 0) + times);
        }
      }
    }
  }

  /** Presence counts stand in the order of `names`. */
  toJSON(names: readonly string[]): Json {
    return sortedEntries(this.#fields).map(([field, variants]) => [
      field,
      variants === null
        ? null
        : sortedEntries(variants).map(([value, { count, present }]) => [
            value,
            [count, ...names.map((name) => present.get(name) ?? 0)],
          ]),
    ]);
  }

  static fromJSON(json: Json | undefined, names: readonly string[]): Variants {
    const read = new Variants();
    for (const entry of list(json, DISCRIMINATORS.length)) {
      const [name, variants] = pair(entry);
      const field = text(name, MAX_KEY);
      if (variants === null) read.#fields.set(field, null);
      else {
        for (const known of list(variants, MAX_VARIANTS)) {
          const [value, counts] = pair(known);
          const variant = read.#variant(field, text(value, MAX_KEY));
          const [all = 0, ...present] = list(counts, names.length + 1).map(count);
          if (!variant) throw new RangeError('not variants');
          variant.count += all;
          present.forEach((times, i) => {
            if (times > 0) variant.present.set(names[i] as string, times);
          });
        }
      }
    }
    return read;
  }

  #variant(field: string, value: string): Variant | undefined {
    let variants = this.#fields.get(field);
    if (variants === null) return undefined;
    if (!variants) {
      variants = new Map();
      this.#fields.set(field, variants);
    }
    let variant = variants.get(value);
    if (!variant) {
      if (variants.size >= MAX_VARIANTS || !isMember(value)) {
        this.#fields.set(field, null);
        return undefined;
      }
      variant = { count: 0, present: new Map() };
      variants.set(value, variant);
    }
    return variant;
  }
}
