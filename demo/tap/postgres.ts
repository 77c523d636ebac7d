import type { Conversation, Exchange } from './exchange.ts';
import {
  asksEncryption,
  Fields,
  type PostgresMessage,
  PostgresMessages,
} from './postgres-messages.ts';
import { nothing, type Portal, Statements } from './postgres-statements.ts';
import { readColumns, readError, readRow, readStartup } from './postgres-values.ts';
import { unmarkSql } from './truth-marks.ts';

/** Rows of an answer that its record shows. */
const shownRows = 20;

/** What the server still owes an answer to. */
interface Step {
  readonly kind: 'parse' | 'bind' | 'describe' | 'execute' | 'close' | 'query' | 'sync';
  readonly portal: Portal;
  readonly start: number;
  readonly requestSize: number;
  responseSize: number;
  rowCount: number;
  readonly rows: Record<string, unknown>[];
  readonly tags: string[];
  error: { code: string; message: string } | undefined;
}

const bare = {
  proto: 'postgresql',
  requestHeaders: undefined,
  responseHeaders: undefined,
} as const;

/**
 * Reads the statements run on one PostgreSQL connection, by the simple and the extended query
 * protocol (PostgreSQL documentation, chapter 'Frontend/Backend Protocol'). One exchange a simple
 * query or Execute; parsing and binding belong to the Execute that they prepare. A start that the
 * server refuses is one too, one that it grants is not.
 */
export class PostgresConversation implements Conversation {
  readonly #emit: (exchange: Exchange) => void;
  readonly #fromClient = new PostgresMessages(false);
  readonly #fromServer = new PostgresMessages(true);
  readonly #statements = new Statements();
  #owed: Step[] = [];
  #startup: { readonly message: PostgresMessage; readonly start: number } | undefined;
  #leadIn: { start: number; size: number } | undefined;
  #encryptionAnswers = 0;
  #opaque = false;

  constructor(emit: (exchange: Exchange) => void) {
    this.#emit = emit;
  }

  request(chunk: Buffer, now: number): void {
    if (this.#opaque) return;
    this.#fromClient.push(chunk);
    for (let m = this.#fromClient.next(); m; m = this.#fromClient.next()) {
      if (asksEncryption(m)) this.#encryptionAnswers++;
      else if (m.type === '') this.#startup = { message: m, start: now };
      else this.#asked(m, now);
    }
  }

  response(chunk: Buffer, now: number): void {
    if (this.#opaque) return;
    this.#fromServer.push(chunk);
    while (this.#encryptionAnswers > 0) {
      const answer = this.#fromServer.takeByte();
      if (answer === undefined) return;
      this.#encryptionAnswers--;
      this.#opaque = answer !== 'N';
    }
    for (let m = this.#fromServer.next(); m && !this.#opaque; m = this.#fromServer.next()) {
      this.#answered(m, now);
    }
  }

  close(): void {
    for (const step of this.#owed.splice(0)) {
      if (step.kind === 'execute' || step.kind === 'query') this.#tell(step, undefined);
    }
    this.#opaque = true;
  }

  #asked(message: PostgresMessage, now: number): void {
    const fields = new Fields(message.content);
    if (message.type === 'Q') {
      const statement = { sql: fields.text(), columns: [] };
      this.#owe('query', now, message.size, { statement, params: [] });
      return;
    }
    this.#leadIn ??= { start: now, size: 0 };
    this.#leadIn.size += message.size;
    switch (message.type) {
      case 'P':
        this.#statements.parse(fields);
        this.#owe('parse', now, 0);
        break;
      case 'B':
        this.#statements.bind(fields);
        this.#owe('bind', now, 0);
        break;
      case 'D':
        this.#owe('describe', now, 0, this.#statements.described(fields));
        break;
      case 'E': {
        const portal = this.#statements.executed(fields);
        this.#owe('execute', this.#leadIn.start, this.#leadIn.size, portal);
        this.#leadIn = undefined;
        break;
      }
      case 'C':
        this.#owe('close', now, 0);
        break;
      case 'S':
        this.#owe('sync', now, 0);
        this.#leadIn = undefined;
        break;
    }
  }

  #owe(kind: Step['kind'], start: number, requestSize: number, portal = nothing): void {
    this.#owed.push({
      kind,
      portal,
      start,
      requestSize,
      responseSize: 0,
      rowCount: 0,
      rows: [],
      tags: [],
      error: undefined,
    });
  }

  #answered(message: PostgresMessage, now: number): void {
    if (this.#startup) {
      if (message.type === 'E') this.#refused(this.#startup, message, now);
      if (message.type === 'E' || message.type === 'Z') this.#startup = undefined;
      return;
    }
    const step = this.#owed[0];
    if (!step) return;
    step.responseSize += message.size;
    switch (message.type) {
      case '1':
      case '2':
      case '3':
      case 'n':
        this.#owed.shift();
        break;
      case 'T':
        step.portal.statement.columns = readColumns(message.content);
        if (step.kind === 'describe') this.#owed.shift();
        break;
      case 'D':
        step.rowCount++;
        if (step.rows.length < shownRows) {
          step.rows.push(readRow(message.content, step.portal.statement.columns));
        }
        break;
      case 'C':
      case 'I':
      case 's':
        step.tags.push(message.type === 'C' ? new Fields(message.content).text() : '');
        if (step.kind === 'execute') this.#done(step, now);
        break;
      case 'E':
        this.#failed(step, message, now);
        break;
      case 'Z':
        if (step.kind === 'query') this.#done(step, now);
        else if (step.kind === 'sync') this.#owed.shift();
        break;
    }
  }

  #refused(
    { message, start }: { readonly message: PostgresMessage; readonly start: number },
    refusal: PostgresMessage,
    now: number,
  ): void {
    const error = readError(refusal.content);
    this.#emit({
      ...bare,
      method: 'STARTUP',
      path: '',
      status: error.code,
      start,
      end: now,
      requestBody: JSON.stringify(readStartup(message.content)),
      responseBody: JSON.stringify({ error }),
      requestSize: message.size,
      responseSize: refusal.size,
      truth: { call: undefined, cause: undefined },
    });
  }

  /** After an error the server skips everything up to the next Sync. */
  #failed(step: Step, message: PostgresMessage, now: number): void {
    const error = readError(message.content);
    if (step.kind === 'query') {
      step.error = error;
      return;
    }
    const sync = this.#owed.findIndex((each) => each.kind === 'sync');
    const skipped = this.#owed.splice(0, sync < 0 ? this.#owed.length : sync);
    const culprit = skipped.find((each) => each.kind === 'execute');
    if (!culprit) return;
    culprit.error = error;
    if (culprit !== step) culprit.responseSize += step.responseSize;
    this.#tell(culprit, now);
  }

  #done(step: Step, now: number): void {
    this.#owed.shift();
    this.#tell(step, now);
  }

  #tell(step: Step, end: number | undefined): void {
    const { text, truth, bytes } = unmarkSql(step.portal.statement.sql);
    const { params } = step.portal;
    const answer = step.error
      ? { error: step.error }
      : { command: step.tags.join('; '), row_count: rowCountOf(step), rows: step.rows };
    this.#emit({
      ...bare,
      method: (/^\s*([a-z]+)/i.exec(text)?.[1] ?? '').toUpperCase(),
      path: text,
      status: end === undefined ? undefined : (step.error?.code ?? 0),
      start: step.start,
      end,
      requestBody: JSON.stringify({ query: text, ...(params.length > 0 && { params }) }),
      responseBody: end === undefined ? '' : JSON.stringify(answer),
      requestSize: step.requestSize - bytes,
      responseSize: step.responseSize,
      truth,
    });
  }
}

/** Rows that came back, or that were written, as drivers count them. */
function rowCountOf({ rowCount, tags }: Step): number {
  const written = tags.map(
    (tag) => /^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY) (\d+)$/.exec(tag)?.[1],
  );
  return Math.max(
    rowCount,
    written.reduce((sum, rows) => sum + Number(rows ?? 0), 0),
  );
}
