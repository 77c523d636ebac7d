import { Fields } from './postgres-messages.ts';

export interface Column {
  readonly name: string;
  readonly typeId: number;
  readonly binary: boolean;
}

const boolean = 16;
const numbers = new Set([21, 23, 700, 701]);
const documents = new Set([114, 3802]);

/** The columns that a RowDescription announces. */
export function readColumns(content: Buffer): Column[] {
  const fields = new Fields(content);
  return fields.list(() => {
    const name = fields.text();
    fields.skip(6);
    const typeId = fields.int32();
    fields.skip(6);
    return { name, typeId, binary: fields.int16() === 1 };
  });
}

/** A DataRow as plain JSON; types wider than a JSON number stay text. */
export function readRow(content: Buffer, columns: readonly Column[]): Record<string, unknown> {
  const fields = new Fields(content);
  const values = fields.list(() => fields.value());
  return Object.fromEntries(
    values.map((value, at) => [columns[at]?.name ?? `column${at + 1}`, plain(value, columns[at])]),
  );
}

function plain(value: Buffer | null, column: Column | undefined): unknown {
  if (value === null) return null;
  if (column?.binary) return value.toString('base64');
  const text = value.toString('utf8');
  if (column === undefined) return text;
  if (column.typeId === boolean) return text === 't';
  if (numbers.has(column.typeId)) return Number(text);
  if (documents.has(column.typeId)) return JSON.parse(text);
  return text;
}

/** Who a StartupMessage says that it is, and what it wants: `user`, `database` and the like. */
export function readStartup(content: Buffer): Record<string, string> {
  const fields = new Fields(content);
  fields.skip(4);
  const found: [string, string][] = [];
  while (!fields.done) {
    const name = fields.text();
    if (name === '') break;
    found.push([name, fields.text()]);
  }
  return Object.fromEntries(found);
}

/** What an ErrorResponse says: SQLSTATE and message. */
export function readError(content: Buffer): { code: string; message: string } {
  const fields = new Fields(content);
  const found = new Map<string, string>();
  while (!fields.done) {
    const field = fields.text();
    if (field === '') break;
    found.set(field.charAt(0), field.slice(1));
  }
  return { code: found.get('C') ?? 'XX000', message: found.get('M') ?? '' };
}
