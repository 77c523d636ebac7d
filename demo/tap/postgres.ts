import type { Conversation, Exchange } from './exchange.ts';
import {
  asksEncryption,
  Fields,
  type PostgresMessage,
  PostgresMessages,
} from './postgres-messages.ts';
import { type Column, readColumns, readError, readRow } from './postgres-values.ts';
import { unmarkSql } from './truth-marks.ts';

/** Rows of an answer that its record shows. */
const shownRows = 20;

interface Statement {
  readonly sql: string;
  columns: readonly Column[];
}

interface Portal {
  readonly statement: Statement;
  readonly params: readonly (string | null)[];
}

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

const nothing: Portal = { statement: { sql: '', columns: [] }, params: [] };

/**
 * Reads the statements run on one PostgreSQL connection, by the simple and the extended query
 * protocol (PostgreSQL documentation, chapter 'Frontend/Backend Protocol'). One exchange a simple
 * query or Execute; parsing and binding belong to the Execute that they prepare.
 */
export class PostgresConversation implements Conversation {
  readonly #emit: (exchange: Exchange) => void;
  readonly #fromClient = new PostgresMessages(false);
  readonly #fromServer = new PostgresMessages(true);
  readonly #statements = new Map<string, Statement>();
  readonly #portals = new Map<string, Portal>();
  #owed: Step[] = [];
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
      else if (m.type !== '') this.#asked(m, now);
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
        this.#statements.set(fields.text(), { sql: fields.text(), columns: [] });
        this.#owe('parse', now, 0);
        break;
      case 'B':
        this.#bind(fields);
        this.#owe('bind', now, 0);
        break;
      case 'D': {
        const ofPortal = message.content[0] === 0x50;
        fields.skip(1);
        const name = fields.text();
        const statement = ofPortal
          ? this.#portals.get(name)?.statement
          : this.#statements.get(name);
        this.#owe('describe', now, 0, {
          statement: statement ?? { sql: '', columns: [] },
          params: [],
        });
        break;
      }
      case 'E': {
        const portal = this.#portals.get(fields.text());
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

  #bind(fields: Fields): void {
    const portal = fields.text();
    const statement = this.#statements.get(fields.text()) ?? nothing.statement;
    const formats = fields.list(() => fields.int16());
    const values = fields.list(() => fields.value());
    const params = values.map((value, at) => {
      const binary = (formats.length === 1 ? formats[0] : formats[at]) === 1;
      return value === null ? null : value.toString(binary ? 'base64' : 'utf8');
    });
    this.#portals.set(portal, { statement, params });
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
      : { command: step.tags.join('; '), row_count: step.rowCount, rows: step.rows };
    this.#emit({
      proto: 'postgresql',
      method: (/^\s*([a-z]+)/i.exec(text)?.[1] ?? '').toUpperCase(),
      path: text,
      status: end === undefined ? undefined : (step.error?.code ?? 0),
      start: step.start,
      end,
      requestHeaders: undefined,
      responseHeaders: undefined,
      requestBody: JSON.stringify({ query: text, ...(params.length > 0 && { params }) }),
      responseBody: end === undefined ? '' : JSON.stringify(answer),
      requestSize: step.requestSize - bytes,
      responseSize: step.responseSize,
      truth,
    });
  }
}
