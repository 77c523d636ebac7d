import { Fields } from '../wire/fields.ts';

/** What a DNS message asks or answers. */
export interface DnsMessage {
  readonly id: number;
  readonly isAnswer: boolean;
  /** Type and name of the first question; a dynamic update's type is UPDATE. */
  readonly type: string;
  readonly name: string;
  /** `NOERROR`, `NXDOMAIN`, … */
  readonly code: string;
  readonly answers: readonly {
    readonly name: string;
    readonly type: string;
    readonly data: string;
  }[];
}

const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  35: 'NAPTR',
  43: 'DS',
  48: 'DNSKEY',
  64: 'SVCB',
  65: 'HTTPS',
  251: 'IXFR',
  252: 'AXFR',
  255: 'ANY',
  257: 'CAA',
};
const CODES = [
  ...['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'],
  ...['YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'],
];
const UPDATE = 5;
const MAX_JUMPS = 32;
const MAX_NAME = 255;
const MAX_ANSWERS = 100;

/** Reads a message of RFC 1035. Throws RangeError for what is none. */
export function readDns(bytes: Buffer): DnsMessage {
  const fields = new Fields(bytes);
  const id = fields.uint16();
  const flags = fields.uint16();
  const [questions, answers] = [fields.uint16(), fields.uint16()];
  fields.bytes(4);
  if (questions !== 1) throw new RangeError('no question');
  const name = readName(bytes, fields);
  const type = fields.uint16();
  fields.uint16();
  const code = flags & 0x0f;
  return {
    id,
    isAnswer: (flags & 0x8000) !== 0,
    type: ((flags >> 11) & 0x0f) === UPDATE ? 'UPDATE' : nameOf(type),
    name,
    code: CODES[code] ?? `RCODE${code}`,
    answers: fields.list(answers, () => readAnswer(bytes, fields), MAX_ANSWERS),
  };
}

function nameOf(type: number): string {
  return TYPES[type] ?? `TYPE${type}`;
}

function readAnswer(bytes: Buffer, fields: Fields): DnsMessage['answers'][number] {
  const name = readName(bytes, fields);
  const type = nameOf(fields.uint16());
  fields.bytes(6);
  const length = fields.uint16();
  const from = fields.at;
  const data = fields.bytes(length);
  return { name, type, data: dataOf(type, data, bytes, from) };
}

function dataOf(type: string, data: Buffer, bytes: Buffer, from: number): string {
  if (type === 'A' && data.length === 4) return data.join('.');
  if (type === 'CNAME' || type === 'NS' || type === 'PTR')
    return readName(bytes, new Fields(bytes, from));
  return data.toString('hex', 0, MAX_NAME);
}

/** A name, whose end may stand elsewhere in the message. */
function readName(bytes: Buffer, fields: Fields): string {
  const labels: string[] = [];
  let reader = fields;
  let length = 0;
  for (let jumps = 0; ; ) {
    const size = reader.uint8();
    if (size === 0) return labels.join('.');
    if (size >= 0xc0) {
      const target = ((size & 0x3f) << 8) | reader.uint8();
      if (++jumps > MAX_JUMPS) throw new RangeError('a name without its end');
      reader = new Fields(bytes, target);
    } else {
      length += size + 1;
      if (size > 63 || length > MAX_NAME) throw new RangeError('no name');
      labels.push(reader.text(size));
    }
  }
}
