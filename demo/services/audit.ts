import { type Asked, route, runService } from './service.ts';

interface Event {
  readonly kind: string;
  readonly subject: string;
  readonly actor: string;
}

/** Keeps who did what. */
runService([
  route('POST', '/events', async ({ body }: Asked<Event>, { calls, work }) => {
    await work(0, 2);
    const [row] = await calls.sql<{ id: number; at: Date }>(
      'INSERT INTO audit_events (kind, subject, actor) VALUES ($1, $2, $3) RETURNING id, at',
      [body.kind, body.subject, body.actor],
    );
    return { status: 202, body: { id: row?.id, accepted_at: row?.at } };
  }),
]);
