import { hash32 } from '../../support/hash.ts';
import type { BooleanFacts } from './boolean-facts.ts';
import { type CallRef, Sighted, Witness } from './call-ref.ts';
import { Histogram } from './histogram.ts';
import type { KeyInfo } from './key-info.ts';
import { ListOrder } from './list-order.ts';
import type { NumberFacts } from './number-facts.ts';
import { Shapes } from './shapes.ts';
import type { StringFacts } from './string-facts.ts';
import { type Subjects, together } from './subjects.ts';
import { ValuesByThing } from './values-by-thing.ts';
import { Variants } from './variants.ts';

/** Types of a JSON value; a number without a fraction is an integer. Stored by index: append only. */
export const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const;
export type TypeName = (typeof TYPES)[number];
export const TYPE = {
  null: 0,
  boolean: 1,
  integer: 2,
  number: 3,
  string: 4,
  array: 5,
  object: 6,
} as const;

/** The list of what stands in none, or in one too short to be sorted. */
export const NO_LIST = 0;
/** The thing of what tells of none, or of nobody knows which. */
export const NO_THING = -1;

/** What was seen at one place of a message: data only; see observe.ts, merge.ts, codec.ts, render.ts. */
export class SchemaNode {
  /** By type, in the order of TYPES: values, example calls, and what the calls were about. */
  readonly seen: (Sighted | undefined)[] = TYPES.map(() => undefined);
  boolean: BooleanFacts | undefined;
  string: StringFacts | undefined;
  number: NumberFacts | undefined;
  /** Values that are an id which the request named, by that id. */
  echoes: Sighted | undefined;
  /** Of values that stand in the items of lists. */
  order: ListOrder | undefined;
  /** Of answers' values that tell of a thing: the one asked for, or an item of a list that names itself. */
  valuesByThing: ValuesByThing | undefined;
  array: ArrayFacts | undefined;
  object: ObjectFacts | undefined;
  /** Something deeper was not looked at. */
  capped = false;

  /** Values seen, of any type. */
  get total(): number {
    let total = 0;
    for (const seen of this.seen) total += seen?.count ?? 0;
    return total;
  }

  /** Whether an object or array was seen here. */
  get contains(): boolean {
    return this.count('array') > 0 || this.count('object') > 0;
  }

  count(type: TypeName): number {
    return this.seen[TYPE[type]]?.count ?? 0;
  }

  /** Adds one value of a type, by its index. */
  tally(type: number, ref: CallRef): void {
    let seen = this.seen[type];
    if (!seen) {
      seen = new Sighted();
      this.seen[type] = seen;
    }
    seen.see(ref);
  }

  /** Adds a value that is what the request asked for, if it is. */
  compareAsked(value: string | number, { id, hash, asked }: CallRef): void {
    if (!asked.includes(value)) return;
    this.echoes ??= new Sighted();
    this.echoes.see({ id, hash, subject: hash32(String(value)) });
  }

  /** Adds the value of an item of a call's `list`th list. */
  place(value: string | number, ref: CallRef, list: number): void {
    this.order ??= new ListOrder();
    this.order.add(value, ref, list);
  }

  /** Adds what an answer tells of a thing, by the thing's hash. */
  tell(value: string | number | boolean, thing: number): void {
    this.valuesByThing ??= new ValuesByThing();
    this.valuesByThing.add(value, thing);
  }

  /** What the values of some types (default: any) were about. */
  about(types: readonly TypeName[] = TYPES): Subjects {
    return together(types.map((type) => this.seen[TYPE[type]]?.subjects));
  }

  /** Example calls that have a value of one of these types (default: any). */
  examples(types: readonly TypeName[] = TYPES): string[] {
    const witness = new Witness();
    for (const type of types) {
      const known = this.seen[TYPE[type]];
      if (known) witness.merge(known);
    }
    return witness.ids;
  }
}

/** The arrays at one place. */
export class ArrayFacts {
  shortest = Number.POSITIVE_INFINITY;
  longest = 0;
  empty = 0;
  readonly lengths = new Histogram();
  readonly items = new SchemaNode();
  /**
   * By position, while every array had the same length of 2 to 4 and held no objects and arrays;
   * `undefined` before the first array, null once that was not so (then all is in `items`).
   */
  positions: SchemaNode[] | null | undefined;
}

export interface Property {
  readonly info: KeyInfo;
  readonly node: SchemaNode;
}

/** The objects at one place. */
export class ObjectFacts {
  readonly properties = new Map<string, Property>();
  /** Values under names that are data, by the names' pattern. */
  readonly patterns = new Map<string, SchemaNode>();
  /** So many names that they are all data: `properties` is empty for good. */
  mapped = false;
  /** Names and patterns under which objects or arrays were seen. */
  containers = 0;
  shapes = new Shapes();
  variants = new Variants();
}
