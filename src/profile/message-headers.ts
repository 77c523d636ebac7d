import type { Headers } from '../calls/call.ts';
import { redactedName } from '../calls/redacted-name.ts';
import { Counter } from '../support/counter.ts';
import { hash32 } from '../support/hash.ts';
import { type Json, sortedEntries } from '../support/json.ts';
import { tellsApart } from './header-identity.ts';
import { headerForm } from './message-header-form.ts';
import { type CallRef, Witness } from './schema/call-ref.ts';
import { count, fields, list, text } from './schema/json-read.ts';
import { isMasked } from './schema/string-facts.ts';
import { Subjects, stored } from './schema/subjects.ts';

const MAX_HEADERS = 128;
const MAX_NAME = 100;
const MAX_FORMS = 12;

export interface HeaderStats {
  count: number;
  /** Normalised forms with counts; empty where only the presence is kept. */
  readonly forms: Counter;
  /** Different values, where they tell who asks or which request it is. */
  readonly values: Subjects | undefined;
  readonly witness: Witness;
}

/** Which headers messages had: names, presence and normalised forms, never values. Mergeable. */
export class HeaderProfile {
  readonly #headers = new Map<string, HeaderStats>();
  #capped = false;

  /** So many names that none is kept. */
  get capped(): boolean {
    return this.#capped;
  }

  /** By name, in code-unit order. */
  entries(): [string, Readonly<HeaderStats>][] {
    return sortedEntries(this.#headers);
  }

  get(name: string): Readonly<HeaderStats> | undefined {
    return this.#headers.get(name);
  }

  observe(headers: Headers, ref: CallRef): void {
    for (const [name, value] of headers) {
      const stats = this.#at(name);
      if (!stats) continue;
      stats.count++;
      stats.witness.add(ref.id, ref.hash);
      const form = headerForm(name, value);
      if (form !== undefined) stats.forms.add(form);
      if (stats.values && !isMasked(value)) stats.values.add(hash32(value));
    }
  }

  /** Keeps only the presence of the headers whose names are secret. */
  closeForms(isSecret: (name: string) => boolean): void {
    for (const [name, stats] of this.#headers) {
      if (isSecret(name))
        this.#headers.set(name, {
          ...stats,
          forms: new Counter(MAX_FORMS),
          values: countedBy(name),
        });
    }
  }

  merge(other: HeaderProfile): void {
    if (other.#capped) this.#cap();
    for (const [name, theirs] of other.#headers) {
      const ours = this.#at(name);
      if (!ours) continue;
      ours.count += theirs.count;
      ours.forms.merge(theirs.forms);
      if (theirs.values) ours.values?.merge(theirs.values);
      ours.witness.merge(theirs.witness);
    }
  }

  toJSON(): Json {
    return {
      capped: this.#capped,
      names: this.entries().map(([name, { count, forms, values, witness }]) => [
        name,
        count,
        forms.toJSON(),
        witness.ids,
        ...stored(values),
      ]),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): HeaderProfile {
    const { capped, names } = fields(json);
    const profile = new HeaderProfile();
    if (capped === true) profile.#cap();
    for (const entry of list(names, MAX_HEADERS)) {
      const [name, times, forms, ids, values] = list(entry, 5);
      const stats = profile.#at(text(name, MAX_NAME));
      if (!stats) throw new RangeError('not headers');
      stats.count += count(times);
      stats.forms.merge(Counter.fromJSON(forms, MAX_FORMS));
      stats.witness.merge(Witness.fromJSON(ids));
      // Profiles of before values were counted have none.
      if (values !== undefined) stats.values?.merge(Subjects.fromJSON(values));
    }
    return profile;
  }

  #at(given: string): HeaderStats | undefined {
    if (this.#capped || given.length > MAX_NAME) return undefined;
    const known = this.#headers.get(given);
    if (known) return known;
    const name = redactedName(given);
    let stats = this.#headers.get(name);
    if (!stats) {
      stats = {
        count: 0,
        forms: new Counter(MAX_FORMS),
        values: countedBy(name),
        witness: new Witness(),
      };
      this.#headers.set(name, stats);
      if (this.#headers.size > MAX_HEADERS) {
        this.#cap();
        return undefined;
      }
    }
    return stats;
  }

  #cap(): void {
    this.#capped = true;
    this.#headers.clear();
  }
}

function countedBy(name: string): Subjects | undefined {
  return tellsApart(name) ? new Subjects() : undefined;
}
