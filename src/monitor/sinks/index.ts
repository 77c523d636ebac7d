import { UsageError } from '../../support/errors.ts';
import type { Sink } from '../sink.ts';
import { AlertmanagerSink } from './alertmanager.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { SlackSink } from './slack.ts';
import { type Signer, WebhookSink } from './webhook.ts';

/** Where alerts are to go. */
export interface SinkAddresses {
  readonly alertmanager: readonly string[];
  readonly webhook: readonly string[];
  /** `whsec_` and base64; without one webhooks are not signed. */
  readonly webhookSecret: string | undefined;
  readonly slack: readonly string[];
  /** Of the monitor, ms. */
  readonly interval: number;
  /** The wall clock, Unix ms: receivers judge by theirs. */
  readonly now?: () => number;
}

/** The sinks of these addresses; one that is given twice is one. Throws UsageError on a secret that is none. */
export function openSinks({
  alertmanager,
  webhook,
  webhookSecret,
  slack,
  interval,
  now = Date.now,
}: SinkAddresses): readonly Sink[] {
  const signer = webhookSecret === undefined ? undefined : signerOf(webhookSecret);
  const each = (addresses: readonly string[], open: (endpoint: Endpoint) => Sink) =>
    [...new Set(addresses)].map((address) => open(endpointOf(address)));
  return [
    ...each(alertmanager, (endpoint) => new AlertmanagerSink(endpoint, interval, now)),
    ...each(webhook, (endpoint) => new WebhookSink(endpoint, signer, now)),
    ...each(slack, (endpoint) => new SlackSink(endpoint)),
  ];
}

const SECRET = /^(?:whsec_)?(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** As the specification has it, bytes. */
const SHORTEST = 24;
const LONGEST = 64;

/** The library is loaded on demand; the secret is checked at once. */
function signerOf(secret: string): Promise<Signer> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (!SECRET.test(secret) || key.length < SHORTEST || key.length > LONGEST) {
    throw new UsageError('--webhook-secret: it must be whsec_ and 24 to 64 bytes in base64', {
      hint: 'make one with: echo "whsec_$(openssl rand -base64 32)"',
    });
  }
  return import('standardwebhooks').then(({ Webhook }) => new Webhook(secret));
}
