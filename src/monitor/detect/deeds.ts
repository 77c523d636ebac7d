import { type EvidenceCall, evidenceOf } from '../../calls/evidence.ts';
import { redactText } from '../../calls/redact.ts';
import { sortedEntries } from '../../support/json.ts';
import type { SeenCall } from '../detector.ts';
import { type Subject, subjectKey } from '../subject.ts';

const MAX_SUBJECTS = 2_000;
const MAX_EVIDENCE = 5;
const MAX_NOTES = 5;
const MAX_NOTE = 200;

/** What one subject did in a slot. */
export interface Deed {
  readonly subject: Subject;
  /** Of its first call, Unix ms. */
  readonly since: number;
  events: number;
  /** Calls that show it, at most five. */
  readonly evidence: EvidenceCall[];
  /** Different notes, at most five, redacted. */
  readonly notes: Set<string>;
  /** KFL of the first call. */
  readonly kfl: string;
}

/** The deeds of a slot by subject, bounded: further subjects are not told apart, nor told. */
export class Deeds {
  readonly #deeds = new Map<string, Deed>();

  add(
    { call, operation }: SeenCall,
    subject: Subject,
    note: string,
    kfl: () => string,
  ): Deed | undefined {
    const key = subjectKey(subject);
    let deed = this.#deeds.get(key);
    if (!deed) {
      if (this.#deeds.size >= MAX_SUBJECTS) return undefined;
      const begun = { subject, since: call.ts, events: 0, kfl: kfl() };
      deed = { ...begun, evidence: [], notes: new Set() };
      this.#deeds.set(key, deed);
    }
    deed.events++;
    if (deed.evidence.length < MAX_EVIDENCE) deed.evidence.push(evidenceOf(call, operation, note));
    if (deed.notes.size < MAX_NOTES && !deed.notes.has(note)) {
      deed.notes.add(redactText(note).slice(0, MAX_NOTE));
    }
    return deed;
  }

  /** By key, in code-unit order. */
  entries(): [key: string, deed: Deed][] {
    return sortedEntries(this.#deeds);
  }
}
