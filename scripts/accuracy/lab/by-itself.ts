import type { Draws } from './draws.ts';
import { type Hop, KUBELET, type Place, type Places } from './places.ts';
import type { ChildCalls, Operation, Stream, System, Timer } from './system.ts';

export const NETWORK_MS = 0.15;
/** A fetch from the queue waits so long for an event; what comes is there a little later. */
const FETCH_MS = 500;

/** A run that is being made. */
export interface Running {
  readonly draws: Draws;
  readonly places: Places;
  /** Of the window, ms. */
  readonly length: number;
  readonly handle: (
    index: number,
    caller: Place,
    start: number,
    trace: string | undefined,
    pod?: number,
  ) => { readonly end: number };
  readonly tell: (
    index: number,
    hop: Hop,
    start: number,
    end: number,
    status: string,
    id: string,
    trace: string | undefined,
  ) => void;
  readonly drawn: (children: readonly ChildCalls[]) => readonly number[];
  /** When a stream's events were left, in order. */
  readonly left: (stream: Stream) => readonly number[];
}

/** What comes by the clock, and what works off events. */
export function goOnByItself(system: System, run: Running): void {
  for (const timer of system.timers) tick(system, run, timer);
  for (const stream of system.streams) {
    consume(
      system,
      run,
      stream,
      stream.relay ? relayed(run, stream, stream.relay) : run.left(stream),
    );
  }
}

function tick(system: System, run: Running, { caller, target, every, jitter }: Timer): void {
  const { workload } = system.operations[target] as Operation;
  const isProbe = caller === KUBELET;
  const pods = isProbe ? run.places.count(workload) : 1;
  for (let pod = 0; pod < pods; pod++) {
    let time = run.draws.uniform(0, every);
    while (time < run.length) {
      const from = { workload: caller, pod: 0 };
      const trace = isProbe ? undefined : run.draws.hex(32);
      const { end } = run.handle(target, from, time, trace, isProbe ? pod : undefined);
      time = Math.max(end, time + every * (1 + jitter * run.draws.normal()));
    }
  }
}

/** Looks for events in their table and produces them; returns when they were there. */
function relayed(
  run: Running,
  stream: Stream,
  { workload, every, poll, mark }: NonNullable<Stream['relay']>,
): number[] {
  const left = run.left(stream);
  const from = { workload, pod: 0 };
  const produced: number[] = [];
  let next = 0;
  let time = run.draws.uniform(0, every);
  while (time < run.length) {
    const trace = run.draws.hex(32);
    let { end } = run.handle(poll, from, time, trace);
    for (; (left[next] ?? Number.POSITIVE_INFINITY) < time; next++) {
      end = run.handle(stream.produce, from, end + NETWORK_MS, trace).end;
      produced.push(end);
      end = run.handle(mark, from, end + NETWORK_MS, trace).end;
    }
    time = Math.max(end, time + every);
  }
  return produced;
}

/** Fetches as long as the window lasts, and works off what came, one event after the other. */
function consume(
  system: System,
  run: Running,
  { consumer, fetch, work }: Stream,
  produced: readonly number[],
): void {
  const from = { workload: consumer, pod: 0 };
  const { workload } = system.operations[fetch] as Operation;
  let next = 0;
  let time = run.draws.uniform(0, FETCH_MS);
  while (time < run.length) {
    const comes = Math.max(time, produced[next] ?? Number.POSITIVE_INFINITY);
    const end = Math.min(comes, time + FETCH_MS) + run.draws.uniform(0.5, 2);
    const hop = run.places.hop(from, workload);
    run.tell(fetch, hop, time, end, '0', run.draws.uuid(), undefined);
    time = end;
    for (; (produced[next] ?? Number.POSITIVE_INFINITY) < end; next++) {
      const trace = run.draws.hex(32);
      for (const target of run.drawn(work)) {
        time = run.handle(target, from, time + NETWORK_MS, trace).end;
      }
    }
  }
}
