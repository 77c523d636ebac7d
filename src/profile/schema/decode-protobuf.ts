/** Fields taken apart at most in one message. */
const MAX_FIELDS = 10_000;
const MAX_NESTING = 16;

type Message = { readonly [field: string]: unknown };

/**
 * A protobuf message without its descriptor: `#1`, `#2`, … by field number, as the wire types allow
 * (varint: integer; fixed: number; length-delimited: message, text, or bytes), each as an array since any may repeat.
 * Undefined when the bytes are no message.
 */
export function decodeProtobuf(bytes: Uint8Array): Message | undefined {
  return read(bytes, 0);
}

function read(bytes: Uint8Array, nesting: number): Message | undefined {
  const fields = new Map<string, unknown[]>();
  let at = 0;
  let left = MAX_FIELDS;
  const varint = (): number | undefined => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < bytes.length && left-- > 0) {
    const tag = varint();
    if (tag === undefined || tag < 8 || tag > 0xffff_ffff) return undefined;
    const wire = tag % 8;
    let value: unknown;
    if (wire === 0) value = varint();
    else if (wire === 1 || wire === 5) {
      const size = wire === 1 ? 8 : 4;
      if (at + size > bytes.length) return undefined;
      // It may be a fraction; only the type counts.
      value = 0.5;
      at += size;
    } else if (wire === 2) {
      const length = varint();
      if (length === undefined || at + length > bytes.length) return undefined;
      value = delimited(bytes.subarray(at, at + length), nesting);
      at += length;
    }
    if (value === undefined) return undefined;
    const name = `#${Math.floor(tag / 8)}`;
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  const message: { [field: string]: unknown } = Object.create(null);
  for (const [name, values] of fields) message[name] = values;
  return message;
}

/** Text where it reads as text; else a message where it reads as one; else bytes, told by their kind. */
function delimited(bytes: Uint8Array, nesting: number): unknown {
  const text = printable(bytes);
  if (text !== undefined) return text;
  const message = nesting < MAX_NESTING ? read(bytes, nesting + 1) : undefined;
  return message ?? '(bytes)';
}

function printable(bytes: Uint8Array): string | undefined {
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
