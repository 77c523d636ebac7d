import { forSlack, truncate, visible } from '../../support/escape.ts';
import type { Alert } from '../alert.ts';
import type { Sink } from '../sink.ts';
import type { Subject } from '../subject.ts';
import type { Endpoint } from './endpoint.ts';
import { post } from './post.ts';

/** Slack's own limits, in characters. */
const MAX_HEADER = 150;
const MAX_SECTION = 3_000;
const MAX_EFFECTS = 5;
const MARKS = { critical: '🔴', warning: '🟠', info: '🔵' } as const;

/** An incoming webhook of Slack, or of what takes the same messages. */
export class SlackSink implements Sink {
  readonly name: string;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.name = `slack#${endpoint.hash}`;
    this.#endpoint = endpoint;
  }

  async deliver(alert: Alert, signal: AbortSignal): Promise<void> {
    await post(this.#endpoint, { body: JSON.stringify(slackMessage(alert)) }, signal);
  }
}

/** Text for notifications and for receivers without blocks, and blocks. Nothing in it becomes a link or a mention. */
export function slackMessage(alert: Alert) {
  const { state, severity, rule, subject, summary, checked, learned, id } = alert;
  const mark = state === 'resolved' ? '🟢' : MARKS[severity];
  const title = `${mark} ${state === 'resolved' ? 'resolved: ' : ''}${visible(subject.workload, 80)}: ${rule}`;
  const text = `${mark} ${state === 'resolved' ? 'resolved' : severity}: ${forSlack(summary)}`;
  const facts = [
    ...whereOf(subject),
    `*since* ${alert.since}`,
    ...(alert.resolvedAt === undefined ? [] : [`*until* ${alert.resolvedAt}`]),
    `*checked* ${forSlack(checked)}`,
    ...effectsOf(alert),
    `*calls* ${forSlack(alert.kfl, 600)}`,
  ];
  return {
    text,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: truncate(title, MAX_HEADER), emoji: false },
      },
      section(forSlack(summary)),
      section(facts.join('\n')),
      {
        type: 'context',
        elements: [mrkdwn(forSlack(`${alert.scope} · learned ${learned} · alert ${id}`))],
      },
    ],
  };
}

function whereOf({ operation, caller, detail }: Subject): string[] {
  return [
    ...(operation === undefined ? [] : [`*operation* ${forSlack(operation, 300)}`]),
    ...(caller === undefined ? [] : [`*caller* ${forSlack(caller, 100)}`]),
    ...(detail === undefined ? [] : [`*detail* ${forSlack(detail, 300)}`]),
  ];
}

function effectsOf({ effects }: Alert): string[] {
  const told = effects.slice(0, MAX_EFFECTS).map(({ summary }) => `• ${forSlack(summary, 150)}`);
  const more = effects.length - told.length;
  return [
    ...(told.length === 0 ? [] : ['*effects*', ...told]),
    ...(more > 0 ? [`• and ${more} more`] : []),
  ];
}

function section(text: string) {
  return { type: 'section', text: mrkdwn(text) };
}

/** Verbatim: no names and addresses in it are made into mentions and links. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text: truncate(text, MAX_SECTION), verbatim: true };
}
