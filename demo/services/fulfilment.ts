import { runService } from './service.ts';

/** A background worker: nothing calls it, it looks for paid orders by itself. */
runService([], {
  every: (has) => (has('background') ? 130 : 400),
  run: async ({ calls }) => {
    const rows = await calls.sql<{ order_id: number }>(
      'SELECT order_id FROM outbox ORDER BY queued_at LIMIT 5',
    );
    if (rows.length === 0) return;
    await calls.sql('DELETE FROM outbox WHERE order_id = ANY($1)', [
      rows.map((row) => row.order_id),
    ]);
  },
});
