import { type Asked, type Desk, type Reply, route, runService } from './service.ts';
import type { ChargeOrder } from './shapes.ts';
import { healthy, needed } from './upstream.ts';

const acquirer = 'acquirer.example';
const collector = 'collector.adtech.example';
/** ms that it waits for a host outside. */
const timeout = 1500;

/** Charges and refunds, through an acquirer outside the cluster. */
runService([
  route('POST', '/charges', charge),
  route('GET', '/charges/:', showCharge),
  route('POST', '/refunds', refund),
]);

interface Authorization {
  readonly brand: string;
  readonly last4: string;
}

async function charge(
  { body }: Asked<ChargeOrder>,
  { calls, has, random, work }: Desk,
): Promise<Reply> {
  await work(1, 3);
  if (has('outside-host')) {
    await calls.http(collector, 'POST', '/v2/collect', {
      body: { event: 'charge', amount: body.amount_cents, currency: body.currency },
    });
  }
  const ask = {
    headers: { authorization: 'Bearer sk_test_4fT9mZ', 'idempotency-key': random.uuid() },
    body: { amount: body.amount_cents, currency: body.currency, source: body.card_token },
    timeout,
  };
  const answer = healthy(
    await calls.http<Authorization>(acquirer, 'POST', '/v1/authorizations', ask),
  );
  if (answer.status !== 201) {
    return {
      status: 402,
      body: { error: { code: 'card_declined', message: 'The card was declined.' } },
    };
  }
  const id = random.uuid();
  const [row] = await calls.sql<{ created_at: Date }>(
    'INSERT INTO charges (id, amount_cents, currency, card, state) VALUES ($1, $2, $3, $4, $5) RETURNING created_at',
    [id, body.amount_cents, body.currency, needed(answer.body.last4), 'captured'],
  );
  return {
    status: 201,
    body: {
      id,
      state: 'captured',
      amount_cents: body.amount_cents,
      currency: body.currency,
      card: { brand: answer.body.brand, last4: answer.body.last4 },
      receipt_url: null,
      created_at: row?.created_at,
    },
  };
}

async function showCharge({ params }: Asked, { calls, work }: Desk): Promise<Reply> {
  await work(1, 2);
  const [row] = await calls.sql(
    'SELECT id, amount_cents, currency, card, state, created_at FROM charges WHERE id = $1',
    [params[0]],
  );
  if (row) return { status: 200, body: row };
  return { status: 404, body: { error: { code: 'not_found', message: 'No such charge.' } } };
}

async function refund({ body }: Asked<{ charge_id: string }>, { calls }: Desk): Promise<Reply> {
  const ask = {
    headers: { authorization: 'Bearer sk_test_4fT9mZ' },
    body: { charge: body.charge_id },
    timeout,
  };
  healthy(await calls.http(acquirer, 'POST', '/v1/refunds', ask));
  await calls.sql('UPDATE charges SET state = $2 WHERE id = $1', [body.charge_id, 'refunded']);
  return { status: 201, body: { charge_id: body.charge_id, state: 'refunded' } };
}
