import { httpOperation, probeOperation, queueOperation, statementOf } from './draw-operation.ts';
import type { Draws } from './draws.ts';
import { KUBELET } from './places.ts';
import type { ChildCalls, Operation, Stream, System, Timer } from './system.ts';

type Background = Pick<System, 'operations' | 'timers' | 'streams'>;

/**
 * What goes on in a system whatever is asked of it. Eight of ten services are probed: every 10 s
 * whether they live, every 5 s whether they are ready, which half of them answer after a statement.
 * Half of the systems look at settings every 1 to 10 s, four of ten services clean up by the clock every
 * 10 to 60 s, and six of ten systems have a stream of events.
 */
export function drawBackground(draws: Draws, operations: readonly Operation[]): Background {
  let background: Background = { operations, timers: [], streams: [] };
  const workloads = new Set(
    operations.flatMap(({ workload, protocol }) => (protocol === 'http' ? [workload] : [])),
  );
  for (const workload of workloads) {
    if (draws.chance(0.8)) background = withProbes(draws, background, workload);
    if (draws.chance(0.4)) {
      const job = statementOf(
        draws,
        `DELETE FROM ${tableOf(workload)}_sessions WHERE expires < $1`,
      );
      const every = draws.logUniform(10_000, 60_000);
      background = withTimer(background, [job], { caller: workload, every, jitter: 0.01 });
    }
  }
  if (draws.chance(0.5)) {
    const settings = { ...httpOperation(draws, 'config', 30), errors: [] };
    const every = draws.logUniform(1000, 10_000);
    background = withTimer(background, [settings], { caller: 'shop', every, jitter: 0.02 });
  }
  const sources = operations.flatMap(({ requests }, i) => (requests > 0 ? [i] : []));
  if (draws.chance(0.6) && sources.length > 0) {
    return withStream(draws, background, draws.pick(sources), 'worker');
  }
  return background;
}

/**
 * The same with a stream of the events that an operation leaves: in half of the cases the operation
 * writes them to a table, where a relay looks every 0.2 to 2 s. For each the consumer calls a service
 * and writes a row.
 */
export function withStream(
  draws: Draws,
  { operations, timers, streams }: Background,
  source: number,
  consumer: string,
): Background {
  const first = operations.length;
  const topic = `${consumer}.events`;
  const isRelayed = draws.chance(0.5);
  const more: Operation[] = [
    { ...queueOperation(draws, 'PRODUCE', topic) },
    { ...queueOperation(draws, 'FETCH', topic) },
    { ...queueOperation(draws, 'HEARTBEAT', '') },
    { ...queueOperation(draws, 'OFFSETCOMMIT', topic) },
    { ...httpOperation(draws, `${consumer}-mail`, 31), errors: [] },
    statementOf(draws, `INSERT INTO ${consumer}_sent (owner, note) VALUES ($1, $2)`),
    ...(isRelayed
      ? [
          `INSERT INTO ${consumer}_outbox (owner, note) VALUES ($1, $2)`,
          `SELECT id, note FROM ${consumer}_outbox WHERE sent IS NULL ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED`,
          `UPDATE ${consumer}_outbox SET sent = now() WHERE id = $1`,
        ].map((text) => statementOf(draws, text))
      : []),
  ];
  const once = (index: number): ChildCalls => ({ target: first + index, kind: 'fixed', amount: 1 });
  const leaves = isRelayed ? once(6) : once(0);
  const stream: Stream = {
    left: leaves.target,
    relay: isRelayed
      ? {
          workload: (operations[source] as Operation).workload,
          every: draws.logUniform(200, 2000),
          poll: first + 7,
          mark: first + 8,
        }
      : undefined,
    produce: first,
    consumer,
    fetch: first + 1,
    work: [once(4), once(5)],
  };
  return {
    operations: [
      ...operations.map((operation, i) =>
        i === source ? { ...operation, children: [...operation.children, leaves] } : operation,
      ),
      ...more,
    ],
    timers: [
      ...timers,
      { caller: consumer, target: first + 2, every: 3000, jitter: 0.005 },
      { caller: consumer, target: first + 3, every: 5000, jitter: 0.005 },
    ],
    streams: [...streams, stream],
  };
}

function withProbes(draws: Draws, background: Background, workload: string): Background {
  const live = probeOperation(draws, workload, '/healthz');
  const ready = probeOperation(draws, workload, '/ready');
  const asks = draws.chance(0.5) ? [statementOf(draws, `SELECT 1 FROM ${tableOf(workload)}`)] : [];
  const first = background.operations.length + 1;
  const children: ChildCalls[] = asks.map((_, i) => ({
    target: first + 1 + i,
    kind: 'fixed',
    amount: 1,
  }));
  const probe = { caller: KUBELET, jitter: 0.0005 };
  return withTimer(
    withTimer(background, [live], { ...probe, every: 10_000 }),
    [{ ...ready, children }, ...asks],
    { ...probe, every: 5000 },
  );
}

/** The first of `more` comes by the clock. */
function withTimer(
  { operations, timers, streams }: Background,
  more: readonly Operation[],
  timer: Omit<Timer, 'target'>,
): Background {
  return {
    operations: [...operations, ...more],
    timers: [...timers, { ...timer, target: operations.length }],
    streams,
  };
}

function tableOf(workload: string): string {
  return workload.replaceAll('-', '_');
}
