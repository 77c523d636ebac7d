import type { Webhook } from 'standardwebhooks';
import { hash32 } from '../../support/hash.ts';
import { jsonText } from '../../support/json-text.ts';
import type { Alert } from '../alert.ts';
import type { Sink } from '../sink.ts';
import type { Endpoint } from './endpoint.ts';
import { post } from './post.ts';

/** Signs messages as Standard Webhooks has it. */
export type Signer = Pick<Webhook, 'sign'>;

/**
 * Posts the alert as `--json` prints it, by the conventions of Standard Webhooks
 * (https://www.standardwebhooks.com): `webhook-id` is the same when the same news is sent again, and
 * with a secret `webhook-signature` proves who sent it.
 */
export class WebhookSink implements Sink {
  readonly name: string;
  readonly #endpoint: Endpoint;
  readonly #signer: Promise<Signer> | undefined;
  readonly #now: () => number;

  constructor(endpoint: Endpoint, signer: Promise<Signer> | undefined, now: () => number) {
    this.name = `webhook:${endpoint.host}#${endpoint.hash}`;
    this.#endpoint = endpoint;
    this.#signer = signer;
    this.#now = now;
  }

  async deliver(alert: Alert, signal: AbortSignal): Promise<void> {
    const body = jsonText(alert);
    const id = messageId(alert, body);
    const at = Math.floor(this.#now() / 1_000);
    const headers: Record<string, string> = {
      'webhook-id': id,
      'webhook-timestamp': String(at),
    };
    const signer = await this.#signer;
    if (signer) headers['webhook-signature'] = signer.sign(id, new Date(at * 1_000), body);
    await post(this.#endpoint, { body, headers }, signal);
  }
}

/** Of the alert and its state; other news of the same alert is another message. */
function messageId({ id, state }: Alert, body: string): string {
  return `${id}.${state}.${hash32(body).toString(16).padStart(8, '0')}`;
}
