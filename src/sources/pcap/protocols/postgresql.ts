import type { ConnectionProtocol, Conversation, Listener } from '../conversation.ts';
import { Fields } from '../wire/fields.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import {
  CANCEL_REQUEST,
  GSS_REQUEST,
  isBeforeSession,
  PostgresFraming,
  SSL_REQUEST,
  sessionSide,
} from './postgresql-framing.ts';
import { PostgresSession } from './postgresql-session.ts';
import { readError, readStartup } from './postgresql-values.ts';

/** PostgreSQL's protocol, version 3. */
export const postgresql: ConnectionProtocol = {
  name: 'postgresql',
  ports: [5432, 6432],
  recognise: (bytes) => (isBeforeSession(bytes) ? 'client' : sessionSide(bytes)),
  open: (listener) => new PostgresConversation(listener),
};

interface Startup {
  readonly frame: Frame;
  readonly settings: Record<string, string>;
}

/**
 * Takes both directions apart: what comes before a session, and the session. A start that the server
 * refuses is a call of its own, one that it grants is not.
 */
class PostgresConversation implements Conversation {
  readonly #listener: Listener;
  readonly #session: PostgresSession;
  #asked: Frames | undefined;
  #askedFraming = new PostgresFraming(true);
  readonly #answered = new Frames(new PostgresFraming(true));
  #startup: Startup | undefined;
  #encryptionAnswers = 0;
  #isOpaque = false;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#session = new PostgresSession(listener);
  }

  request(bytes: Buffer, now: number): void {
    if (this.#isOpaque) return;
    if (!this.#asked) {
      this.#askedFraming = new PostgresFraming(!isBeforeSession(bytes));
      this.#asked = new Frames(this.#askedFraming);
    }
    this.#asked.push(bytes, now);
    for (let frame = this.#next(this.#asked, now); frame; frame = this.#next(this.#asked, now)) {
      if (this.#askedFraming.inSession) this.#session.asked(frame);
      else this.#before(frame);
    }
  }

  response(bytes: Buffer, now: number): void {
    if (this.#isOpaque) return;
    this.#answered.push(bytes, now);
    while (this.#encryptionAnswers > 0) {
      const answer = this.#answered.byte();
      if (answer === undefined) return;
      this.#encryptionAnswers--;
      this.#isOpaque = answer !== 0x4e;
      if (this.#isOpaque) this.#listener.opaque?.();
    }
    for (
      let frame = this.#next(this.#answered, now);
      frame;
      frame = this.#next(this.#answered, now)
    ) {
      if (this.#startup) this.#welcome(frame, this.#startup);
      else this.#session.answered(frame);
    }
  }

  close(): void {
    this.#session.close();
  }

  /** Behind a request to cancel, and once it is encrypted, nothing can be read. */
  #next(frames: Frames, now: number): Frame | undefined {
    return this.#isOpaque ? undefined : frames.next(now);
  }

  #before(frame: Frame): void {
    const fields = new Fields(frame.bytes, 4);
    const code = fields.int32();
    if (code === SSL_REQUEST || code === GSS_REQUEST) this.#encryptionAnswers++;
    else if (code === CANCEL_REQUEST) this.#isOpaque = true;
    else {
      this.#startup = { frame, settings: readStartup(fields) };
      this.#askedFraming.inSession = true;
    }
  }

  #welcome(answer: Frame, { frame, settings }: Startup): void {
    const type = String.fromCharCode(answer.bytes[0] as number);
    if (type === 'Z' || type === 'E') this.#startup = undefined;
    if (type !== 'E') return;
    const error = readError(new Fields(answer.bytes, 5));
    this.#listener.call({
      protocol: 'postgresql',
      method: 'STARTUP',
      path: '',
      status: error.code,
      start: frame.start,
      end: answer.end,
      requestBody: JSON.stringify(settings),
      responseBody: JSON.stringify({ error }),
      requestSize: frame.size,
      responseSize: answer.size,
    });
  }
}
