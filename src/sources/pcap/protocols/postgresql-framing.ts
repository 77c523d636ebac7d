import type { Framing } from '../wire/frames.ts';

/** Codes of messages that come before a session. PostgreSQL documentation, 'Message Formats'. */
export const SSL_REQUEST = 80877103;
export const GSS_REQUEST = 80877104;
export const CANCEL_REQUEST = 80877102;
const STARTUP_MAJOR = 3;
const MAX_MESSAGE = 0x40000000;
const MAX_STARTUP = 10_000;

const CLIENT_TYPES = 'QPBEDSCHFXcdfp';
const SERVER_TYPES = '123ACDEGHIKNRSTVWZcdnstv';

/** Whether a message before the session begins here: a startup, or what asks for encryption or to cancel. */
export function isBeforeSession(bytes: Buffer): boolean {
  if (bytes.length < 8) return false;
  const size = bytes.readUInt32BE(0);
  const code = bytes.readUInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return size === 8;
  if (code === CANCEL_REQUEST) return size === 16;
  return code >>> 16 === STARTUP_MAJOR && size >= 8 && size <= MAX_STARTUP;
}

/**
 * Whose messages these bytes are, in the middle of a session: they must follow each other up to the
 * end, and the client's must say something to be done.
 */
export function sessionSide(bytes: Buffer): 'client' | 'server' | undefined {
  const types = typesIn(bytes);
  if (types === '') return undefined;
  const isFrom = (known: string) => [...types].every((type) => known.includes(type));
  if (isFrom(CLIENT_TYPES) && /[QSH]$/.test(types)) return 'client';
  return isFrom(SERVER_TYPES) && types.endsWith('Z') ? 'server' : undefined;
}

/** The types of messages that fill these bytes exactly; empty where they don't. */
function typesIn(bytes: Buffer): string {
  let types = '';
  for (let at = 0; at < bytes.length; ) {
    if (at + 5 > bytes.length) return '';
    const length = bytes.readUInt32BE(at + 1);
    if (length < 4 || at + 1 + length > bytes.length) return '';
    types += String.fromCharCode(bytes[at] as number);
    at += 1 + length;
  }
  return types;
}

/** Typed messages, or those before the session, which have no type. */
export class PostgresFraming implements Framing {
  inSession: boolean;

  constructor(inSession: boolean) {
    this.inSession = inSession;
  }

  head(): number {
    return this.inSession ? 5 : 4;
  }

  size(head: Buffer): number {
    const size = head.readUInt32BE(head.length - 4) + head.length - 4;
    if (size > (this.inSession ? MAX_MESSAGE : MAX_STARTUP)) throw new RangeError('no message');
    return size;
  }
}
