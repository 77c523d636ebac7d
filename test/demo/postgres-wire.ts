/** Messages of the PostgreSQL wire protocol, as bytes. */
function message(type: string, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type, 'latin1'), int32(content.length + 4), content]);
}

function int16(n: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(n);
  return bytes;
}

function int32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(n);
  return bytes;
}

const text = (s: string): Buffer => Buffer.from(`${s}\0`);

const value = (v: string | null): Buffer =>
  v === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(v)), Buffer.from(v)]);

export function startup(): Buffer {
  return message('', int32(196608), text('user'), text('shop'), Buffer.from([0]));
}

export const query = (sql: string): Buffer => message('Q', text(sql));

export const parse = (sql: string): Buffer => message('P', text(''), text(sql), int16(0));

/** Bind, Describe and Execute of the unnamed portal. */
export function execute(params: readonly (string | null)[]): Buffer {
  return Buffer.concat([
    message(
      'B',
      text(''),
      text(''),
      int16(0),
      int16(params.length),
      ...params.map(value),
      int16(0),
    ),
    message('D', Buffer.from('P'), text('')),
    message('E', text(''), int32(0)),
  ]);
}

export const sync = message('S');
export const ready = message('Z', Buffer.from('I'));
export const parseComplete = message('1');
export const bindComplete = message('2');
export const complete = (tag: string): Buffer => message('C', text(tag));

export const column = (name: string, typeId: number): Buffer =>
  Buffer.concat([text(name), int32(0), int16(0), int32(typeId), int16(4), int32(-1), int16(0)]);

export const rowDescription = (columns: readonly Buffer[]): Buffer =>
  message('T', int16(columns.length), ...columns);

export const dataRow = (values: readonly (string | null)[]): Buffer =>
  message('D', int16(values.length), ...values.map(value));

export const failure = (code: string, reason: string): Buffer =>
  message('E', text('SERROR'), text(`C${code}`), text(`M${reason}`), Buffer.from([0]));
