import type { Json } from '../../support/json.ts';
import { Histogram } from './histogram.ts';
import { count, fields } from './json-read.ts';

/** What was seen of the numbers at one place: signs and magnitudes. Mergeable. */
export class NumberFacts {
  negative = 0;
  readonly magnitudes = new Histogram();

  add(value: number): void {
    if (value < 0) this.negative++;
    this.magnitudes.add(value);
  }

  merge(other: NumberFacts): void {
    this.negative += other.negative;
    this.magnitudes.merge(other.magnitudes);
  }

  toJSON(): Json {
    return { negative: this.negative, magnitudes: this.magnitudes.toJSON() };
  }

  static fromJSON(json: Json | undefined): NumberFacts {
    const { negative, magnitudes } = fields(json);
    const facts = new NumberFacts();
    facts.negative = count(negative);
    facts.magnitudes.merge(Histogram.fromJSON(magnitudes));
    return facts;
  }
}
