import { type Asked, route, runService } from './service.ts';

/** The card acquirer: a host outside the cluster. */
runService([
  route(
    'POST',
    '/v1/authorizations',
    async ({ body }: Asked<{ source: string }>, { random, work }) => {
      await work(6, 12);
      if (body.source.startsWith('tok_declined')) {
        return { status: 402, body: { outcome: 'declined', reason: 'insufficient_funds' } };
      }
      return {
        status: 201,
        body: {
          authorization: `au_${random.word(18)}`,
          outcome: 'approved',
          brand: random.pick(['visa', 'mastercard']),
          last4: random.word(4, '0123456789'),
        },
      };
    },
  ),
  route('POST', '/v1/refunds', async ({ body }: Asked<{ charge: string }>, { random, work }) => {
    await work(5, 9);
    return { status: 201, body: { refund: `re_${random.word(18)}`, charge: body.charge } };
  }),
]);
