import type { Fields } from '../wire/fields.ts';

export interface Column {
  readonly name: string;
  readonly type: number;
  readonly isBinary: boolean;
}

/** Object ids of types, as `pg_type` has them. */
const BOOL = 16;
const INT8 = 20;
const INT2 = 21;
const INT4 = 23;
const FLOAT4 = 700;
const FLOAT8 = 701;
const NUMBERS = new Set([INT2, INT4, FLOAT4, FLOAT8]);
const DOCUMENTS = new Set([114, 3802]);
const TEXTS = new Set([18, 19, 25, 1042, 1043]);

/** The columns that a RowDescription announces. */
export function readColumns(fields: Fields): Column[] {
  return fields.list(fields.int16(), () => {
    const name = fields.zeroText();
    fields.bytes(6);
    const type = fields.int32();
    fields.bytes(6);
    return { name, type, isBinary: fields.int16() === 1 };
  });
}

/** A DataRow as plain JSON; types wider than a JSON number stay text. */
export function readRow(fields: Fields, columns: readonly Column[]): Record<string, unknown> {
  let at = 0;
  const entries = fields.list(fields.int16(), (): [string, unknown] => {
    const column = columns[at++];
    return [column?.name ?? `column${at}`, plain(readValue(fields), column)];
  });
  return Object.fromEntries(entries);
}

/** A value with its length before it; null for SQL's null. */
export function readValue(fields: Fields): Buffer | null {
  const length = fields.int32();
  return length < 0 ? null : fields.bytes(length);
}

function plain(value: Buffer | null, column: Column | undefined): unknown {
  if (value === null) return null;
  if (column?.isBinary) return fromBinary(value, column.type);
  const text = value.toString('utf8');
  if (column === undefined) return text;
  if (column.type === BOOL) return text === 't';
  if (NUMBERS.has(column.type)) return Number(text);
  return DOCUMENTS.has(column.type) ? parsed(text) : text;
}

function fromBinary(value: Buffer, type: number): unknown {
  if (type === BOOL && value.length === 1) return value[0] === 1;
  if (type === INT2 && value.length === 2) return value.readInt16BE();
  if (type === INT4 && value.length === 4) return value.readInt32BE();
  if (type === INT8 && value.length === 8) return value.readBigInt64BE().toString();
  if (type === FLOAT4 && value.length === 4) return value.readFloatBE();
  if (type === FLOAT8 && value.length === 8) return value.readDoubleBE();
  if (TEXTS.has(type)) return value.toString('utf8');
  if (type === 114) return parsed(value.toString('utf8'));
  if (type === 3802) return parsed(value.toString('utf8', 1));
  return value.toString('base64');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Who a startup message says that it is, and what it wants: `user`, `database` and the like. */
export function readStartup(fields: Fields): Record<string, string> {
  const found: [string, string][] = [];
  while (fields.left > 0) {
    const name = fields.zeroText();
    if (name === '') break;
    found.push([name, fields.zeroText()]);
  }
  return Object.fromEntries(found);
}

/** What an ErrorResponse says: SQLSTATE and message. */
export function readError(fields: Fields): { readonly code: string; readonly message: string } {
  const found = new Map<string, string>();
  while (fields.left > 0) {
    const field = fields.zeroText();
    if (field === '') break;
    found.set(field.charAt(0), field.slice(1));
  }
  return { code: found.get('C') ?? 'XX000', message: found.get('M') ?? '' };
}
