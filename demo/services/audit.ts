import { route, runService } from './service.ts';

/** Keeps who did what. */
runService([
  route('POST', '/events', async ({ body }, { calls, work }) => {
    await work(0, 2);
    const [row] = await calls.sql(
      'INSERT INTO audit_events (kind, subject, actor) VALUES ($1, $2, $3) RETURNING id, at',
      [body.kind, body.subject, body.actor],
    );
    return { status: 202, body: { id: row?.id, accepted_at: row?.at } };
  }),
]);
