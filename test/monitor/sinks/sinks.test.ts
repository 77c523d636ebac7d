import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sink, SinkFailure } from '../../../src/monitor/sink.ts';
import { postableAlert } from '../../../src/monitor/sinks/alertmanager.ts';
import { endpointOf } from '../../../src/monitor/sinks/endpoint.ts';
import { openSinks } from '../../../src/monitor/sinks/index.ts';
import { post } from '../../../src/monitor/sinks/post.ts';
import { slackMessage } from '../../../src/monitor/sinks/slack.ts';
import { resolved, someAlert } from '../alerts/some-alert.ts';
import { Receiver } from './receiver.ts';

const { signal } = new AbortController();
const SECRET = `whsec_${Buffer.from('a key of thirty-two bytes, no more').toString('base64')}`;
const none = {
  alertmanager: [],
  webhook: [],
  slack: [],
  webhookSecret: undefined,
  interval: 300_000,
};

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: SinkFailure) => error,
  );
const only = ([sink]: readonly Sink[]) => sink as Sink;

describe('posting', () => {
  const send = (timeout = 5_000) =>
    failureOf(post(endpointOf(`${receiver.url}/T0/secret-path`), { body: '{}', timeout }, signal));

  it.each([
    [429, true],
    [408, true],
    [500, true],
    [503, true],
    [400, false],
    [404, false],
    [410, false],
  ])('answered %i: passing is %s', async (status, passing) => {
    receiver.manner = { status, body: 'secret-path is wrong' };
    const failure = await send();
    expect(failure).toMatchObject({ message: `answered ${status}`, passing });
  });

  it('respects Retry-After, in seconds and as a date of the receiver', async () => {
    receiver.manner = { status: 429, headers: { 'retry-after': '17' } };
    expect(await send()).toMatchObject({ retryAfter: 17_000 });
    receiver.manner = {
      status: 503,
      headers: {
        date: 'Mon, 02 Mar 2026 10:00:00 GMT',
        'retry-after': 'Mon, 02 Mar 2026 10:02:00 GMT',
      },
    };
    expect(await send()).toMatchObject({ retryAfter: 120_000 });
    receiver.manner = { status: 503, headers: { 'retry-after': 'soon' } };
    expect(await send()).toMatchObject({ retryAfter: undefined });
  });

  it('follows no redirect', async () => {
    const other = await Receiver.start();
    receiver.manner = { status: 307, headers: { location: `${other.url}/elsewhere` } };
    expect(await send()).toMatchObject({ passing: false, message: expect.stringContaining('307') });
    expect(other.received).toEqual([]);
    await other.stop();
  });

  it('gives up on one that hangs, and on one that is not there: both may pass', async () => {
    receiver.manner = { status: 200, hangs: true };
    expect(await send(50)).toMatchObject({
      passing: true,
      message: 'no answer (none within 0.05 s)',
    });
    const { port, url } = receiver;
    await receiver.stop();
    const failure = await failureOf(post(endpointOf(url), { body: '{}' }, signal));
    expect(failure).toMatchObject({ passing: true, message: 'no answer (ECONNREFUSED)' });
    expect(failure?.cause).toBeUndefined();
    receiver = await Receiver.start(port);
  });

  it('reads no endless answer', async () => {
    receiver.manner = { status: 200, body: 'x'.repeat(5_000_000) };
    expect(await send()).toBeUndefined();
  });

  it('sends user and password of an address as Authorization', async () => {
    const { url, authorization, host } = endpointOf('http://me:p%40ss@example.com:9093/a#b');
    expect(url.href).toBe('http://example.com:9093/a');
    expect(host).toBe('example.com:9093');
    expect(authorization).toBe(`Basic ${btoa('me:p@ss')}`);
  });
});

describe('opening sinks', () => {
  it('names them without their secrets, the same each time, one an address', () => {
    const open = () =>
      openSinks({
        ...none,
        alertmanager: ['http://u:pw@am:9093', 'http://u:pw@am:9093'],
        webhook: ['https://hooks.example/T0/verysecret', 'https://hooks.example/T0/another'],
        slack: ['https://hooks.slack.com/services/T0/B0/verysecret'],
      }).map(({ name }) => name);
    expect(open()).toEqual(open());
    expect(open()).toEqual([
      expect.stringMatching(/^alertmanager:am:9093#[0-9a-f]{8}$/),
      expect.stringMatching(/^webhook:hooks\.example#[0-9a-f]{8}$/),
      expect.stringMatching(/^webhook:hooks\.example#[0-9a-f]{8}$/),
      expect.stringMatching(/^slack#[0-9a-f]{8}$/),
    ]);
    expect(new Set(open()).size).toBe(4);
  });

  it.each(['whsec_short', 'not base64 at all', 'whsec_'])(
    'refuses the secret %s',
    (webhookSecret) => {
      expect(() => openSinks({ ...none, webhook: [receiver.url], webhookSecret })).toThrow(
        '--webhook-secret',
      );
    },
  );
});

describe('a webhook', () => {
  it('is signed so that the library verifies it, and has the same id when it is sent again', async () => {
    const sink = only(
      openSinks({ ...none, webhook: [`${receiver.url}/hook`], webhookSecret: SECRET }),
    );
    const alert = someAlert();
    for (const news of [alert, alert, resolved(alert)]) await sink.deliver(news, signal);
    const seen = receiver.received.map(({ body, headers }) => {
      const verified = new Webhook(SECRET).verify(body, headers as Record<string, string>);
      expect(verified).toEqual(JSON.parse(body));
      expect(() =>
        new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>),
      ).toThrow();
      return [headers['webhook-id'], (verified as { state: string }).state];
    });
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[2]?.[0]).not.toBe(seen[0]?.[0]);
    expect(seen.map(([, state]) => state)).toEqual(['firing', 'firing', 'resolved']);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual(alert);
  });

  it('is not signed without a secret', async () => {
    const sink = only(openSinks({ ...none, webhook: [receiver.url] }));
    await sink.deliver(someAlert(), signal);
    expect(receiver.received[0]?.headers).toMatchObject({ 'webhook-id': expect.any(String) });
    expect(receiver.received[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  it('holds nothing invisible, as what --json prints', async () => {
    const sink = only(openSinks({ ...none, webhook: [receiver.url] }));
    const alert = { ...someAlert(), summary: 'a\u202egpj.exe \u0085' };
    await sink.deliver(alert, signal);
    const body = receiver.received[0]?.body ?? '';
    expect(body).toContain('a\\u202egpj.exe \\u0085');
    expect(JSON.parse(body)).toMatchObject({ summary: alert.summary });
  });
});

describe('Alertmanager', () => {
  it('is told of what fires until three intervals from now, and of an end as it was', async () => {
    let now = Date.parse('2026-03-02T10:10:30.000Z');
    const sink = only(
      openSinks({ ...none, alertmanager: [`${receiver.url}/am/`], now: () => now }),
    );
    await sink.deliver(someAlert(), signal);
    await sink.deliver(resolved(someAlert()), signal);
    now += 300_000;
    // A monitor may look at the past: Alertmanager does not.
    await sink.refresh?.([someAlert(), someAlert({ silenced: 'x' })], 0, signal);
    expect(receiver.received.map(({ path }) => path)).toEqual(Array(3).fill('/am/api/v2/alerts'));
    const [[first], [second], third] = receiver.received.map(({ body }) => JSON.parse(body));
    expect(first).toMatchObject({
      labels: {
        alertname: 'errors.share',
        severity: 'critical',
        scope: 'shop',
        workload: 'orders',
        operation: 'orders GET /orders/{id}',
        caller: 'web',
        wireproof_id: 'a1b2c3d4e5f6a7b8c9d0',
      },
      startsAt: '2026-03-02T10:00:00.000Z',
      endsAt: '2026-03-02T10:25:30.000Z',
    });
    expect(first.annotations.evidence).toBe('call-1: web → orders GET /orders/{id} (503, 12 ms)');
    expect(second).toMatchObject({ labels: first.labels, endsAt: '2026-03-02T10:30:00.000Z' });
    expect(third).toHaveLength(1);
    expect(third[0].endsAt).toBe('2026-03-02T10:30:30.000Z');
  });

  it('is given five minutes at least, however short the intervals', async () => {
    const now = () => Date.parse('2026-03-02T10:10:30.000Z');
    const given = { ...none, alertmanager: [receiver.url], interval: 10_000, now };
    await only(openSinks(given)).deliver(someAlert(), signal);
    const [[sent]] = receiver.received.map(({ body }) => JSON.parse(body));
    expect(sent.endsAt).toBe('2026-03-02T10:15:30.000Z');
  });

  it('shows what is invisible in labels, and has no empty ones', () => {
    const { labels } = postableAlert(
      someAlert({ subject: { workload: 'a\u202e\nb', detail: '' } }),
      0,
    );
    expect(labels).toMatchObject({ workload: 'a\\u{202e}\\u{a}b', detail: '–' });
  });
});

describe('Slack', () => {
  it('gets text and blocks within its limits', async () => {
    const sink = only(openSinks({ ...none, slack: [`${receiver.url}/services/T0/B0/x`] }));
    await sink.deliver(someAlert(), signal);
    const { text, blocks } = JSON.parse(receiver.received[0]?.body ?? '');
    expect(text).toContain('31 % of 400 calls');
    expect(blocks[0]).toMatchObject({
      type: 'header',
      text: { type: 'plain_text', text: '🔴 orders: errors.share' },
    });
    expect(blocks.map(({ type }: { type: string }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
    ]);
  });

  it('makes no markup, mention or link of hostile text', () => {
    const hostile =
      '<!channel> <http://evil.example|ok> @here *b* `c` & https://evil.example \n\u202e';
    const message = JSON.stringify(
      slackMessage(
        someAlert({
          summary: hostile,
          subject: { workload: hostile, operation: hostile, caller: hostile, detail: hostile },
          kfl: hostile.repeat(200),
          checked: hostile,
          effects: [{ rule: 'x', subject: { workload: hostile }, summary: hostile }],
        }),
      ),
    );
    const told = JSON.parse(message);
    const texts = [
      told.text,
      ...told.blocks
        .slice(1)
        .flatMap((block: { text?: object; elements?: object[] }) => block.text ?? block.elements),
    ].map((part) => (typeof part === 'string' ? part : part.text));
    for (const text of texts) {
      expect(text).not.toMatch(/[<>]|https?:\/\/|@here|\u202e/);
      expect(text).not.toMatch(/&(?!amp;|lt;|gt;|l?…|g?…|a?m?p?…)/);
      expect(text.length).toBeLessThanOrEqual(3_000);
    }
    expect(told.blocks[0].text.text.length).toBeLessThanOrEqual(150);
  });
});
