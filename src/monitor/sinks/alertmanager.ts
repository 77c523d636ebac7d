import type { EvidenceCall } from '../../calls/evidence.ts';
import { visible } from '../../support/escape.ts';
import type { Alert } from '../alert.ts';
import type { Sink } from '../sink.ts';
import type { Endpoint } from './endpoint.ts';
import { post } from './post.ts';

const PATH = '/api/v2/alerts';
/** What fires is said to last for so many intervals, unless it is said again. */
const LASTS = 3;
/** And so long at least, ms: a Hub that answers slowly, or a restart, ends no alert. */
const LASTS_MS = 300_000;
const MAX_A_REQUEST = 100;
const MAX_EVIDENCE = 5;
const MAX_KFL = 4_000;

/**
 * Alertmanager's API v2. It forgets what isn't repeated: what fires is sent again after each slot, and
 * ends by itself three intervals, and five minutes at least, after a monitor has fallen silent.
 * `interval` in ms.
 */
export class AlertmanagerSink implements Sink {
  readonly name: string;
  readonly #endpoint: Endpoint;
  readonly #interval: number;
  readonly #now: () => number;

  constructor(endpoint: Endpoint, interval: number, now: () => number) {
    this.name = `alertmanager:${endpoint.host}#${endpoint.hash}`;
    this.#endpoint = { ...endpoint, url: apiOf(endpoint.url) };
    this.#interval = interval;
    this.#now = now;
  }

  async deliver(alert: Alert, signal: AbortSignal): Promise<void> {
    await this.#send([alert], signal);
  }

  /** Alertmanager judges by its own clock: where the monitor looks at the past, its `now` is no help. */
  async refresh(firing: readonly Alert[], _now: number, signal: AbortSignal): Promise<void> {
    const sent = firing.filter(({ silenced }) => silenced === undefined);
    for (let i = 0; i < sent.length; i += MAX_A_REQUEST) {
      await this.#send(sent.slice(i, i + MAX_A_REQUEST), signal);
    }
  }

  async #send(alerts: readonly Alert[], signal: AbortSignal): Promise<void> {
    const until = this.#now() + Math.max(LASTS * this.#interval, LASTS_MS);
    const body = JSON.stringify(alerts.map((alert) => postableAlert(alert, until)));
    await post(this.#endpoint, { body }, signal);
  }
}

/** An alert in the form of the API; what fires ends at `until` (Unix ms) if it isn't sent again. */
export function postableAlert(alert: Alert, until: number) {
  const { rule, severity, scope, subject, id } = alert;
  const labels = {
    alertname: rule,
    severity,
    scope,
    ...subject,
    wireproof_id: id,
  };
  const annotations = {
    summary: alert.summary,
    description: descriptionOf(alert),
    checked: alert.checked,
    evidence: alert.evidence.slice(0, MAX_EVIDENCE).map(inWords).join('; '),
    ...(alert.snapshot !== undefined && { snapshot: alert.snapshot }),
  };
  return {
    labels: escaped(labels),
    annotations: { ...escaped(annotations), kfl: visible(alert.kfl, MAX_KFL) },
    startsAt: alert.since,
    endsAt: alert.resolvedAt ?? new Date(until).toISOString(),
  };
}

function descriptionOf({ effects, learned, since }: Alert): string {
  const more = effects.length === 0 ? '' : `; ${effects.length} effects are told under it`;
  return `since ${since}, learned ${learned}${more}`;
}

function inWords({ callId, caller, operation, status, latency, note }: EvidenceCall): string {
  const told = [
    status,
    latency === undefined ? undefined : `${Math.round(latency)} ms`,
    note,
  ].filter((part) => part !== undefined);
  return `${callId}: ${caller} → ${operation}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
}

/** An empty label is none: it says that it is. */
function escaped(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, visible(text) || '–']),
  );
}

/** Where an Alertmanager is, as people give it, with or without the API's path. */
function apiOf(url: URL): URL {
  const api = new URL(url);
  const path = url.pathname.replace(/\/+$/, '');
  api.pathname = path.endsWith(PATH) ? path : path + PATH;
  return api;
}
