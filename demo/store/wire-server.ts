import { createServer, type Server, type Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import {
  asksEncryption,
  type PostgresMessage,
  PostgresMessages,
} from '../tap/postgres-messages.ts';

interface Work {
  readonly socket: Socket;
  readonly bytes: Uint8Array;
}

const rollback = Buffer.from('Q\0\0\0\x0dROLLBACK\0', 'latin1');
const endOfBatch = new Set(['', 'Q', 'S']);
const idle = 'I';

/**
 * PostgreSQL's wire protocol for many connections over the one session that PGlite has. Each
 * connection's messages run in one piece up to its Sync, and a transaction keeps the session until
 * it ends. Answers leave `delay` ms late. (The multiplexer of pglite-socket 0.2.17 hung here under concurrent transactions.)
 */
export function createWireServer(db: PGlite, delay: () => number = () => 0): Server {
  const waiting: Work[] = [];
  let owner: Socket | undefined;
  let busy = false;

  const run = async () => {
    if (busy) return;
    busy = true;
    for (let work = take(); work; work = take()) {
      const answer = Buffer.from(await db.execProtocolRaw(work.bytes));
      owner = sessionState(answer) === idle ? undefined : work.socket;
      if (work.socket.writable) send(work.socket, answer);
      else if (owner) waiting.unshift({ socket: owner, bytes: rollback });
    }
    busy = false;
  };
  const send = (socket: Socket, answer: Buffer) => {
    const ms = delay();
    if (ms > 0) setTimeout(() => socket.write(answer), ms);
    else socket.write(answer);
  };
  const take = () => {
    const at = owner ? waiting.findIndex((work) => work.socket === owner) : 0;
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };

  return createServer({ noDelay: true }, (socket) => {
    const messages = new PostgresMessages(false);
    let batch: Buffer[] = [];
    const receive = (message: PostgresMessage) => {
      if (asksEncryption(message)) {
        socket.write('N');
      } else if (message.type === 'X') {
        socket.end();
      } else {
        batch.push(wireBytes(message));
        if (!endOfBatch.has(message.type)) return;
        waiting.push({ socket, bytes: Buffer.concat(batch) });
        batch = [];
        void run();
      }
    };
    socket.on('data', (chunk: Buffer) => {
      messages.push(chunk);
      for (let m = messages.next(); m; m = messages.next()) receive(m);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (owner !== socket) return;
      waiting.unshift({ socket, bytes: rollback });
      void run();
    });
  });
}

function wireBytes({ type, content }: PostgresMessage): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type, 'latin1'), length, content]);
}

/** The transaction state in the last ReadyForQuery of an answer: I, T or E. */
function sessionState(answer: Buffer): string {
  const messages = new PostgresMessages(true);
  messages.push(answer);
  let state = idle;
  for (let m = messages.next(); m; m = messages.next()) {
    if (m.type === 'Z') state = m.content.toString('latin1', 0, 1);
  }
  return state;
}
