import type { Json } from '../../support/json.ts';
import type { CallRef } from './call-ref.ts';
import { EnumValues } from './enum-values.ts';
import { ALL_FORMATS, formatsOf } from './formats.ts';
import { Histogram } from './histogram.ts';
import { count, fields } from './json-read.ts';
import { TextSample } from './text-sample.ts';
import { urlKind } from './url-kind.ts';

/** What masking leaves behind (`***`, `Bearer ***`, `**** 1234`): says nothing of the value. */
const MASKED = /^(?:\[redacted\]|\[REDACTED\]|.{0,16}\*{3,}.{0,8})$/;
const LONGEST_MASKED = 64;

/** What was seen of the strings at one place; no values but the words of an enumeration. Mergeable. */
export class StringFacts {
  /** Empty strings: no evidence for or against a format. */
  empty = 0;
  /** Strings that were masked or redacted, whole or in part. */
  masked = 0;
  /** Formats that every string so far had: only narrows. */
  formats = ALL_FORMATS;
  readonly lengths = new Histogram();
  readonly sample = new TextSample();
  readonly values = new EnumValues();

  add(value: string, ref: CallRef, name: { readonly enumerable: boolean }): void {
    const length = value.length;
    this.lengths.add(length);
    if (length === 0) {
      this.empty++;
      return;
    }
    if (isMasked(value)) {
      this.masked++;
      return;
    }
    const hash = mix(ref.hash + ref.strings++);
    if (this.sample.wants(hash)) this.formats &= this.sample.add(hash, value);
    // Most texts end here: of no format, and no member of an enumeration.
    else if (this.formats !== 0) this.formats = formatsOf(value, this.formats);
    if (this.values.open) return;
    if (name.enumerable) this.values.add(urlKind(value) ?? value, ref.subject);
    else this.values.close();
  }

  merge(other: StringFacts): void {
    this.empty += other.empty;
    this.masked += other.masked;
    this.formats &= other.formats;
    this.lengths.merge(other.lengths);
    this.sample.merge(other.sample);
    this.values.merge(other.values);
  }

  toJSON(): Json {
    return {
      empty: this.empty,
      masked: this.masked,
      formats: this.formats,
      lengths: this.lengths.toJSON(),
      sample: this.sample.toJSON(),
      values: this.values.toJSON(),
    };
  }

  static fromJSON(json: Json | undefined): StringFacts {
    const { empty, masked, formats, lengths, sample, values } = fields(json);
    const facts = new StringFacts();
    facts.empty = count(empty);
    facts.masked = count(masked);
    facts.formats = count(formats) & ALL_FORMATS;
    facts.lengths.merge(Histogram.fromJSON(lengths));
    facts.sample.merge(TextSample.fromJSON(sample));
    facts.values.merge(EnumValues.fromJSON(values));
    return facts;
  }
}

/** Whether a text was masked or redacted, whole or in part. */
export function isMasked(value: string): boolean {
  // Few texts have what masking leaves, so that is looked for first.
  const may = value.length <= LONGEST_MASKED && (value.includes('***') || value.startsWith('['));
  return may && MASKED.test(value);
}

/** Murmur3's avalanche. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
