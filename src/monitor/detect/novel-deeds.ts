import { fitsGlob } from '../../support/glob.ts';
import type { Json } from '../../support/json.ts';
import { counted } from '../../support/quantity.ts';
import type { AlertRule, AlertSeverity } from '../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../detector.ts';
import type { Signal } from '../signal.ts';
import type { Subject } from '../subject.ts';
import { type Deed, Deeds } from './deeds.ts';
import { readable } from './readable.ts';
import { isEarly, Sightings } from './sightings.ts';

/** A call that does what the rule watches for. */
export interface Found {
  readonly subject: Subject;
  /** What of the call shows it; never a value. */
  readonly note: string;
  readonly kfl: () => string;
  readonly severity?: AlertSeverity;
}

export interface Novelty<S> {
  /** Under which it is remembered. */
  readonly name: string;
  readonly rule: AlertRule;
  /** What is kept while a slot is read. */
  readonly begin: () => S;
  readonly find: (seen: SeenCall, scratch: S) => Found | undefined;
  /** What happened, in one sentence. */
  readonly tell: (deed: Deed) => string;
  /** Hosts that are trusted don't count; only where the detail is a host. */
  readonly hosts?: boolean;
  /** Whether it may be done once a week by its nature: `info` until a week was learned, where not critical. */
  readonly weekly?: boolean;
}

interface Reading<S> {
  readonly deeds: Deeds;
  readonly severities: Map<string, AlertSeverity>;
  readonly scratch: S;
}

/**
 * A detector of what was never done before: it is told once, from its beginning until it has been
 * there for a day. What was there in the first day of learning is told as `info`.
 */
export function novelty<S>(novel: Novelty<S>): DetectorKind {
  return {
    name: novel.name,
    rules: [novel.rule],
    create: (kept) => new NoveltyDetector(novel, kept) as Detector,
  };
}

class NoveltyDetector<S> implements Detector<Reading<S>> {
  readonly #novel: Novelty<S>;
  readonly #sightings: Sightings;

  constructor(novel: Novelty<S>, kept: Json | undefined) {
    this.#novel = novel;
    this.#sightings = readable(
      kept,
      (json) => Sightings.fromJSON(json),
      () => new Sightings(),
    );
  }

  read(): Reading<S> {
    return { deeds: new Deeds(), severities: new Map(), scratch: this.#novel.begin() };
  }

  observe(reading: Reading<S>, seen: SeenCall): void {
    const found = this.#novel.find(seen, reading.scratch);
    if (!found) return;
    const deed = reading.deeds.add(seen, found.subject, found.note, found.kfl);
    if (deed?.events === 1 && found.severity) {
      reading.severities.set(JSON.stringify(deed.subject), found.severity);
    }
  }

  judge(situation: Situation<Reading<S>>): Signal[] {
    const { view, normal, reader } = situation;
    const { rule, tell, weekly = false } = this.#novel;
    const early = isEarly(view.slot, normal.since);
    return this.#deeds(situation).flatMap(([key, deed]): Signal[] => {
      const standing = this.#sightings.standing(key, view.slot, normal.since, rule.clear);
      if (standing === 'known') return [];
      const own = reader.severities.get(JSON.stringify(deed.subject));
      const modest = early || (weekly && normal.days < 7 && own !== 'critical');
      const severity = modest ? 'info' : own;
      return [
        {
          rule: rule.id,
          subject: deed.subject,
          ...(severity && { severity }),
          summary: tell(deed),
          since: deed.since,
          value: deed.events,
          expected: 0,
          unit: 'calls',
          chance: 0,
          events: deed.events,
          evidence: deed.evidence,
          kfl: deed.kfl,
          checked: early
            ? `${counted(deed.events, 'call')}; less than a day was learned, so it may have been so for long: it is told once and then taken for known.`
            : `${counted(deed.events, 'call')}; never seen before in what was learned (${normal.words}). If it goes on for 24 hours it is taken for known.`,
        },
      ];
    });
  }

  learn(situation: Situation<Reading<S>>): void {
    const { view, normal } = situation;
    for (const [key] of this.#deeds(situation)) {
      this.#sightings.note(key, view.slot, normal.since, this.#novel.rule.clear);
    }
    this.#sightings.forget(view.slot.start);
  }

  remembers(): Json {
    return this.#sightings.toJSON();
  }

  #deeds({ reader, settings }: Situation<Reading<S>>): [string, Deed][] {
    const { hosts = false } = this.#novel;
    const trusted = (host = '') => settings.trustedHosts.some((pattern) => fitsGlob(pattern, host));
    return reader.deeds.entries().filter(([, deed]) => !(hosts && trusted(deed.subject.detail)));
  }
}
