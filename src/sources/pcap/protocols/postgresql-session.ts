import type { Listener } from '../conversation.ts';
import { Fields } from '../wire/fields.ts';
import type { Frame } from '../wire/frames.ts';
import { type Portal, Statements } from './postgresql-statements.ts';
import { readColumns, readError, readRow } from './postgresql-values.ts';

/** Rows of an answer that its call shows. */
const SHOWN_ROWS = 20;
/** Answers that a server may owe. */
const MAX_OWED = 10_000;

/** Parse, Bind, Describe, Execute, Close and Sync. */
const PREPARING = new Set('PBDECS');

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
  error: { readonly code: string; readonly message: string } | undefined;
}

/**
 * The statements run in one session, by the simple and the extended query protocol: a call a simple
 * query or Execute; parsing and binding belong to the Execute that they prepare.
 */
export class PostgresSession {
  readonly #listener: Listener;
  readonly #statements = new Statements();
  #owed: Step[] = [];
  /** What came since the last Execute or Sync. */
  #leadIn: { readonly start: number; size: number } | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  asked({ bytes, size, start }: Frame): void {
    const type = String.fromCharCode(bytes[0] as number);
    const fields = new Fields(bytes, 5);
    if (type === 'Q') {
      this.#owe('query', start, size, portalOf(fields.zeroText()));
      return;
    }
    if (!PREPARING.has(type)) return;
    this.#leadIn ??= { start, size: 0 };
    this.#leadIn.size += size;
    switch (type) {
      case 'P':
        this.#statements.parse(fields);
        this.#owe('parse', start, 0);
        break;
      case 'B':
        this.#statements.bind(fields);
        this.#owe('bind', start, 0);
        break;
      case 'D':
        this.#owe('describe', start, 0, {
          statement: this.#statements.described(fields),
          params: [],
        });
        break;
      case 'E':
        this.#owe(
          'execute',
          this.#leadIn.start,
          this.#leadIn.size,
          this.#statements.executed(fields),
        );
        this.#leadIn = undefined;
        break;
      case 'C':
        this.#owe('close', start, 0);
        break;
      case 'S':
        this.#owe('sync', start, 0);
        this.#leadIn = undefined;
        break;
    }
  }

  answered({ bytes, size, end }: Frame): void {
    const type = String.fromCharCode(bytes[0] as number);
    const fields = new Fields(bytes, 5);
    const [step] = this.#owed;
    if (!step) {
      if (/[CEI]/.test(type)) this.#listener.orphan();
      return;
    }
    step.responseSize += size;
    switch (type) {
      case '1':
      case '2':
      case '3':
      case 'n':
        this.#owed.shift();
        break;
      case 'T':
        step.portal.statement.columns = readColumns(fields);
        if (step.kind === 'describe') this.#owed.shift();
        break;
      case 'D':
        step.rowCount++;
        if (step.rows.length < SHOWN_ROWS && bytes.length === size) {
          step.rows.push(readRow(fields, step.portal.statement.columns));
        }
        break;
      case 'C':
      case 'I':
      case 's':
        step.tags.push(type === 'C' ? fields.zeroText() : '');
        if (step.kind === 'execute') this.#done(step, end);
        break;
      case 'E':
        this.#failed(step, fields, end);
        break;
      case 'Z':
        if (step.kind === 'query') this.#done(step, end);
        else if (step.kind === 'sync') this.#owed.shift();
        break;
    }
  }

  /** What was asked and not answered is told as it stands. */
  close(): void {
    for (const step of this.#owed.splice(0)) {
      if (step.kind === 'execute' || step.kind === 'query') this.#tell(step, undefined);
    }
  }

  #owe(kind: Step['kind'], start: number, requestSize: number, portal = portalOf('')): void {
    if (this.#owed.length >= MAX_OWED) throw new RangeError('nothing is answered');
    const nothing = { responseSize: 0, rowCount: 0, rows: [], tags: [], error: undefined };
    this.#owed.push({ kind, portal, start, requestSize, ...nothing });
  }

  /** After an error the server skips everything up to the next Sync. */
  #failed(step: Step, fields: Fields, now: number): void {
    const error = readError(fields);
    if (step.kind === 'query') {
      step.error = error;
      return;
    }
    const sync = this.#owed.findIndex(({ kind }) => kind === 'sync');
    const skipped = this.#owed.splice(0, sync < 0 ? this.#owed.length : sync);
    const culprit = skipped.find(({ kind }) => kind === 'execute');
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
    const { statement, params } = step.portal;
    if (statement.sql === undefined) this.#listener.unnamed();
    const sql = statement.sql ?? '';
    const answer = step.error
      ? { error: step.error }
      : { command: step.tags.join('; '), row_count: rowCountOf(step), rows: step.rows };
    this.#listener.call({
      protocol: 'postgresql',
      method: verbOf(sql) || 'EXECUTE',
      path: sql,
      status: end === undefined ? undefined : (step.error?.code ?? 0),
      start: step.start,
      end,
      requestBody: JSON.stringify({ query: sql, ...(params.length > 0 && { params }) }),
      responseBody: end === undefined ? undefined : JSON.stringify(answer),
      requestSize: step.requestSize,
      responseSize: end === undefined ? undefined : step.responseSize,
    });
  }
}

function portalOf(sql: string): Portal {
  return { statement: { sql, columns: [] }, params: [] };
}

/** The first word behind comments. */
function verbOf(sql: string): string {
  const word = /^(?:\s|--[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*([a-z]+)/i.exec(
    sql.slice(0, 4096),
  )?.[1];
  return (word ?? '').toUpperCase();
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
