import type { Body } from '../../../../src/calls/call.ts';
import { callRef } from '../../../../src/profile/schema/call-ref.ts';
import { encodeNode } from '../../../../src/profile/schema/codec.ts';
import { decodeBody } from '../../../../src/profile/schema/decode.ts';
import { SchemaNode } from '../../../../src/profile/schema/node.ts';
import { observeValue } from '../../../../src/profile/schema/observe.ts';
import { Broken } from '../../engine/failure.ts';
import { Draw } from '../../material/draw.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const TYPES = [
  ...[
    '',
    'application/json',
    'application/x-ndjson',
    'text/event-stream',
    'text/plain',
    'text/xml',
  ],
  ...['application/x-www-form-urlencoded', 'multipart/form-data', 'application/grpc'],
  ...['application/protobuf', 'application/octet-stream', 'application/grpc-web+json'],
];

export const target: Target = {
  holds:
    'a body of any media type is decoded to values of JSON, or told as what it is not, the same each time, and its schema is written',
  seeds: () => [
    body(1, '{"a":[1,{"b":null}],"__proto__":1}'),
    body(2, '{"a":1}\n\n[2]\n'),
    body(3, 'event: a\ndata: {"x":1}\ndata: 2\nid: 7\nretry: 1\n\n: c\ndata\n\n'),
    body(
      5,
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a b="c"><__proto__/><d><![CDATA[e]]></d><!-- f --></a>',
    ),
    body(6, 'a=b&c[]=1&c[]=2&__proto__=x&d[e]=f&%zz=%20+'),
    body(
      7,
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="g"\r\nContent-Type: text/plain\r\n\r\nh\r\n--x--\r\n',
    ),
    body(8 + 128, '\0\0\0\0\x05\x0a\x03abc\0\0\0\0\x00'),
    body(9 + 128, '\x08\x96\x01\x12\x03abc\x1a\x02\x08\x01\x25\0\0\x80\x3f'),
  ],
  run: (input) => {
    const draw = new Draw(input);
    const choice = draw.byte();
    const type = TYPES[(choice & 0x7f) % TYPES.length] as string;
    const bytes = draw.bytes(input.length);
    const given: Body =
      choice >= 128 ? { state: 'binary', bytes } : { state: 'whole', text: bytes.toString('utf8') };
    const header = type.startsWith('multipart/') ? `${type}; boundary=x` : type;
    const decoded = decodeBody(given, type, header);
    same('a body is decoded the same', decodeBody(given, type, header), decoded);
    if (decoded.state !== 'known') return;
    const node = new SchemaNode();
    for (const value of decoded.values) {
      checkJson(value, 0);
      observeValue(node, value, callRef('c'));
    }
    JSON.stringify(encodeNode(node));
  },
};

function body(choice: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([choice]), Buffer.from(text, 'latin1')]);
}

/** What is deeper is text that is JSON itself, as deep as its parser goes. */
const MAX_DEPTH = 200;

function checkJson(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH || value === null) return;
  if (Array.isArray(value)) for (const one of value) checkJson(one, depth + 1);
  else if (typeof value === 'object')
    for (const one of Object.values(value)) checkJson(one, depth + 1);
  else if (!['string', 'number', 'boolean'].includes(typeof value)) {
    throw new Broken('a value is of JSON', typeof value);
  }
}
