import type { Json } from '../../../support/json.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import type { Subject } from '../../subject.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly } from '../sightings.ts';
import { Peaks } from './peaks.ts';

/** So many times the most that was learned is more than usual. */
const TIMES_MOST = 3;

/** What one asker tried in a slot. */
export interface Tried<T> {
  readonly rule: AlertRule;
  /** What is kept while a slot is read, beside the deeds. */
  readonly begin: () => T;
  readonly observe: (trying: T, deeds: Deeds, seen: SeenCall) => void;
  /** How many different ones the subject with this key tried; undefined: nothing out of the way. */
  readonly size: (trying: T, key: string) => number | undefined;
  /** Whose peaks compare, where it is not the subject's own alone. */
  readonly kind?: (subject: Subject) => string;
  readonly tell: (
    trying: T,
    key: string,
    deed: Deed,
  ) => Pick<Signal, 'summary' | 'value' | 'unit' | 'events'> & { readonly looked: string };
}

interface Reading<T> {
  readonly deeds: Deeds;
  readonly trying: T;
}

/** A detector of who tries three times as many different things in a slot as ever in the last two weeks. */
export function abovePeak<T>(tried: Tried<T>): DetectorKind {
  return {
    name: tried.rule.id,
    rules: [tried.rule],
    create: (kept) => new AbovePeak(tried, kept) as Detector,
  };
}

class AbovePeak<T> implements Detector<Reading<T>> {
  readonly #tried: Tried<T>;
  readonly #peaks: Peaks;

  constructor(tried: Tried<T>, kept: Json | undefined) {
    this.#tried = tried;
    this.#peaks = readable(
      kept,
      (json) => Peaks.fromJSON(json),
      () => new Peaks(),
    );
  }

  read(): Reading<T> {
    return { deeds: new Deeds(), trying: this.#tried.begin() };
  }

  observe({ deeds, trying }: Reading<T>, seen: SeenCall): void {
    this.#tried.observe(trying, deeds, seen);
  }

  judge({ view, normal, reader: { deeds, trying } }: Situation<Reading<T>>): Signal[] {
    if (isEarly(view.slot, normal.since)) return [];
    const { rule, size, tell } = this.#tried;
    return deeds.entries().flatMap(([key, deed]): Signal[] => {
      const most = this.#peaks.most(this.#kindOf(key, deed), view.slot.start);
      if (!((size(trying, key) ?? 0) > TIMES_MOST * most)) return [];
      const { subject, since, evidence, kfl } = deed;
      const { looked, ...told } = tell(trying, key, deed);
      const checked = `${looked} (learned: ${normal.words}).`;
      const rest = { since, expected: most, chance: 0, evidence, kfl, checked };
      return [{ rule: rule.id, subject, ...told, ...rest }];
    });
  }

  learn({ view, normal, reader: { deeds, trying } }: Situation<Reading<T>>): void {
    const { start } = view.slot;
    for (const [key, deed] of deeds.entries()) {
      const size = this.#tried.size(trying, key);
      if (size !== undefined) {
        this.#peaks.add(this.#kindOf(key, deed), size, start, isEarly(view.slot, normal.since));
      }
    }
    this.#peaks.forget(start);
  }

  remembers(): Json {
    return this.#peaks.toJSON();
  }

  #kindOf(key: string, { subject }: Deed): string {
    return this.#tried.kind?.(subject) ?? key;
  }
}
