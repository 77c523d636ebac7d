import { Fields } from '../wire/fields.ts';

export interface Column {
  readonly name: string;
  readonly type: number;
  readonly isUnsigned: boolean;
}

type Type = Omit<Column, 'name'>;

const NULL = 0xfb;
const UNSIGNED = 0x20;
const FIXED_PART = 13;
const INTEGERS: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 4, 9: 4, 13: 2 };
const FLOAT = 4;
const DOUBLE = 5;
const NOTHING = 6;
const LONG = 8;
const DATE = 10;
const TIME = 11;
const MOMENTS = new Set([7, DATE, 12]);
const JSON_TYPE = 245;

/** A length-encoded integer; undefined for NULL. */
export function readLength(fields: Fields): number | undefined {
  const first = fields.uint8();
  if (first < NULL) return first;
  if (first === NULL) return undefined;
  const size = first === 0xfc ? 2 : first === 0xfd ? 3 : 6;
  const value = fields.bytes(size).readUIntLE(0, size);
  if (first === 0xfe) fields.bytes(2);
  return value;
}

/** Protocol::ColumnDefinition41, with what MariaDB may say of a type besides. */
export function readColumn(fields: Fields): Column {
  for (let i = 0; i < 4; i++) fields.bytes(readLength(fields) ?? 0);
  const name = fields.text(readLength(fields) ?? 0);
  fields.bytes(readLength(fields) ?? 0);
  if (fields.left > FIXED_PART) fields.bytes(readLength(fields) ?? 0);
  fields.bytes(7);
  return { name, type: fields.uint8(), isUnsigned: (fields.uint8() & UNSIGNED) !== 0 };
}

export function readTextRow(fields: Fields, columns: readonly Column[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, textValue(fields, type)]));
}

/** Rows of a prepared statement; types wider than a JSON number stay text, as in rows of text. */
export function readBinaryRow(fields: Fields, columns: readonly Column[]): Record<string, unknown> {
  fields.bytes(1);
  const nulls = fields.bytes(Math.floor((columns.length + 9) / 8));
  return Object.fromEntries(
    columns.map((column, index) => {
      const isNull = isSet(nulls, index + 2);
      return [column.name, isNull ? null : binaryValue(fields, column)];
    }),
  );
}

/** What a statement is run with: `types` are those of the run before, which one may leave out. */
export function readParameters(
  fields: Fields,
  count: number,
  types: Type[],
  areNamed: boolean,
): unknown[] {
  const nulls = fields.bytes(Math.floor((count + 7) / 8));
  if (fields.uint8() === 1) types.splice(0, types.length, ...readTypes(fields, count, areNamed));
  return types.slice(0, count).map((type, index) => {
    return isSet(nulls, index) ? null : binaryValue(fields, type);
  });
}

const HAS_TYPES = 0x80;

/** What a statement of MariaDB is run with many times at once: a row each time. */
export function readBulk(fields: Fields, count: number, types: Type[], most: number): unknown[][] {
  const flags = fields.bytes(2).readUInt16LE();
  if (flags & HAS_TYPES) types.splice(0, types.length, ...readTypes(fields, count));
  const rows: unknown[][] = [];
  while (fields.left > 0 && rows.length < most && count > 0) {
    rows.push(
      types
        .slice(0, count)
        .map((type) => (fields.uint8() === 0 ? binaryValue(fields, type) : null)),
    );
  }
  return rows;
}

function readTypes(fields: Fields, count: number, areNamed = false): Type[] {
  return fields.list(count, () => {
    const type = { type: fields.uint8(), isUnsigned: fields.uint8() >= 0x80 };
    if (areNamed) fields.bytes(readLength(fields) ?? 0);
    return type;
  });
}

function isSet(bits: Buffer, index: number): boolean {
  return (((bits[index >> 3] as number) >> (index & 7)) & 1) === 1;
}

function textValue(fields: Fields, type: number): unknown {
  const length = readLength(fields);
  if (length === undefined) return null;
  const text = fields.text(length);
  if (type in INTEGERS || type === FLOAT || type === DOUBLE) return Number(text);
  return type === JSON_TYPE ? parsed(text) : text;
}

function binaryValue(fields: Fields, { type, isUnsigned }: Type): unknown {
  const size = INTEGERS[type];
  if (size !== undefined) {
    const bytes = fields.bytes(size);
    return isUnsigned ? bytes.readUIntLE(0, size) : bytes.readIntLE(0, size);
  }
  if (type === NOTHING) return null;
  if (type === LONG) {
    const bytes = fields.bytes(8);
    return (isUnsigned ? bytes.readBigUInt64LE() : bytes.readBigInt64LE()).toString();
  }
  if (type === FLOAT) return Number(fields.bytes(4).readFloatLE().toPrecision(6));
  if (type === DOUBLE) return fields.bytes(8).readDoubleLE();
  if (MOMENTS.has(type)) return moment(fields.bytes(fields.uint8()), type === DATE);
  if (type === TIME) return duration(fields.bytes(fields.uint8()));
  const text = fields.text(readLength(fields) ?? 0);
  return type === JSON_TYPE ? parsed(text) : text;
}

/** As rows of text have it; what is zero is left out at the end. */
function moment(bytes: Buffer, isDate: boolean): string {
  const at = new Fields(Buffer.concat([bytes, Buffer.alloc(11)]));
  const year = String(at.bytes(2).readUInt16LE()).padStart(4, '0');
  const day = `${year}-${two(at.uint8())}-${two(at.uint8())}`;
  return isDate ? day : `${day} ${clock(at, bytes.length > 7)}`;
}

function duration(bytes: Buffer): string {
  const at = new Fields(Buffer.concat([bytes, Buffer.alloc(12)]));
  const sign = at.uint8() === 1 ? '-' : '';
  const days = at.bytes(4).readUInt32LE();
  return sign + clock(at, bytes.length > 8, days * 24);
}

function clock(at: Fields, hasFraction: boolean, more = 0): string {
  const time = `${two(at.uint8() + more)}:${two(at.uint8())}:${two(at.uint8())}`;
  return hasFraction ? `${time}.${String(at.bytes(4).readUInt32LE()).padStart(6, '0')}` : time;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
