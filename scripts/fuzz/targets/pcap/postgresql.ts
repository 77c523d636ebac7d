import { postgresql } from '../../../../src/sources/pcap/protocols/postgresql.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int16, int32, type Piece } from '../../material/wire.ts';

function message(type: string, ...parts: readonly Piece[]): Buffer {
  const body = bytesOf(...parts);
  return bytesOf(type, int32(body.length + 4), body);
}

const startup = (body: string) => bytesOf(int32(body.length + 8), int32(196608), body);
const READY = message('Z', 'I');
const COLUMN = bytesOf(
  int16(1),
  'id\0',
  int32(0),
  int16(0),
  int32(23),
  int16(4),
  int32(-1),
  int16(0),
);
const ROW = message('D', int16(1), int32(1), '7');
const FAILED = message('E', 'SERROR\0C42P01\0Mno table\0\0');

/** PostgreSQL: startup, the simple and the extended query protocol. */
export const target = conversationTarget(
  postgresql,
  [
    talk(
      startup('user\0u\0database\0d\0\0'),
      bytesOf(message('R', int32(0)), message('S', 'a\0b\0'), READY),
      message('Q', 'select * from t where id = 1\0'),
      bytesOf(message('T', COLUMN), ROW, ROW, message('C', 'SELECT 2\0'), READY),
    ),
    talk(
      bytesOf(
        message('P', 's\0insert into t values ($1)\0', int16(0)),
        message('B', 'p\0s\0', int16(1), int16(0), int16(1), int32(1), '7', int16(0)),
        message('D', 'Pp\0'),
        message('E', 'p\0', int32(0)),
        message('S'),
      ),
      bytesOf(
        message('1'),
        message('2'),
        message('T', COLUMN),
        ROW,
        message('C', 'INSERT 0 1\0'),
        READY,
      ),
    ),
    talk(
      message('Q', 'select\0'),
      bytesOf(FAILED, READY),
      bytesOf(message('E', '\0', int32(0)), message('S')),
      bytesOf(FAILED, READY),
    ),
    talk(
      bytesOf(int32(8), int32(80877103)),
      'N',
      startup('user\0__proto__\0__proto__\0x\0\0'),
      FAILED,
    ),
    talk(bytesOf(int32(16), int32(80877102), int32(1), int32(2)), 'x'),
  ],
  ['__proto__', 'toString'],
);
