import type { Answer } from '../../monitor/serve/answer.ts';
import type { JudgedSlot, SlotListener } from '../../monitor/slot-listener.ts';
import type { Summary } from '../../monitor/summary/summary.ts';
import { SummaryListener } from '../../monitor/summary/summary-listener.ts';
import { listed } from '../../monitor/summary/talkers.ts';
import { sortedEntries } from '../../support/json.ts';
import { jsonText } from '../../support/json-text.ts';
import { iso } from '../../support/quantity.ts';
import { VERSION } from '../../version.ts';
import { cutTexts } from '../cut-texts.ts';
import { ScopeHistory } from './scope-history.ts';
import type { BlindScope, SinkState, StatusData } from './status-data.ts';
import { renderStatus } from './status-html.ts';

const MAX_SCOPES_SHOWN = 50;
/** Characters of one text on the page. */
const MAX_TEXT = 700;
const QUARTER_MS = 900_000;

/** What the page allows itself: a header must allow it as well. */
const POLICY = /http-equiv="Content-Security-Policy" content="([^"]*)"/;

/** Keeps what the status page shows: bounded, and told of every slot. */
export class StatusListener implements SlotListener {
  readonly #template: string;
  readonly #sinks: () => readonly SinkState[];
  readonly #scopes = new Map<string, ScopeHistory>();
  readonly #blind = new Map<string, BlindScope>();
  readonly #latest = new Map<string, Summary>();
  readonly #summaries: SummaryListener;

  /** `template` is that of status-page.html; `period` (ms) that of the summaries. */
  constructor(
    template: string,
    sinks: () => readonly SinkState[] = () => [],
    period: number = QUARTER_MS,
  ) {
    this.#template = template;
    this.#sinks = sinks;
    this.#summaries = new SummaryListener(period, (summary) =>
      this.#latest.set(summary.scope, summary),
    );
  }

  slot(told: JudgedSlot): void {
    let history = this.#scopes.get(told.scope);
    if (!history) {
      history = new ScopeHistory(told);
      this.#scopes.set(told.scope, history);
    }
    history.add(told);
    this.#summaries.slot(told);
  }

  blind(scope: string, state: Parameters<NonNullable<SlotListener['blind']>>[1]): void {
    this.#summaries.blind(scope, state);
    if (!state) this.#blind.delete(scope);
    else this.#blind.set(scope, { scope, since: iso(state.since), reason: state.reason });
  }

  /** The page's data, with every text cut. */
  data(): StatusData {
    const scopes = listed(sortedEntries(this.#scopes), MAX_SCOPES_SHOWN);
    return cutTexts(
      {
        schemaVersion: 1,
        kind: 'status',
        version: VERSION,
        scopes: scopes.list.map(([, history]) => history.status()),
        scopesLeftOut: scopes.leftOut,
        blind: sortedEntries(this.#blind).map(([, one]) => one),
        sinks: this.#sinks(),
      } as const,
      MAX_TEXT,
    );
  }

  /** What to answer, by path. */
  routes(): ReadonlyMap<string, () => Answer> {
    const histories = () => sortedEntries(this.#scopes).map(([, history]) => history);
    return new Map<string, () => Answer>([
      [
        '/',
        () => ({
          type: 'text/html; charset=utf-8',
          body: this.#page(),
          policy: `${POLICY.exec(this.#template)?.[1] ?? "default-src 'none'"}; frame-ancestors 'none'`,
        }),
      ],
      ['/status.json', () => json(this.data())],
      [
        '/alerts.json',
        () =>
          json({
            schemaVersion: 1,
            kind: 'alerts',
            firing: histories().flatMap(({ firing }) => firing),
            resolved: histories().flatMap(({ resolved }) => resolved),
          }),
      ],
      [
        '/summary.json',
        () =>
          json({
            schemaVersion: 1,
            kind: 'summaries',
            summaries: sortedEntries(this.#latest).map(([, summary]) => summary),
          }),
      ],
    ]);
  }

  #page(): string {
    return renderStatus(this.data(), this.#template);
  }
}

function json(value: unknown): Answer {
  return { type: 'application/json', body: `${jsonText(value)}\n` };
}
