import type { SlotListener } from '../monitor/slot-listener.ts';
import { readTemplate } from '../report/html-template.ts';
import type { SinkState } from '../report/monitor/status-data.ts';
import { StatusListener } from '../report/monitor/status-listener.ts';
import { iso } from '../support/quantity.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';

/** What `--listen` serves is told of each slot. */
export async function openListeners(
  inputs: Inputs,
  interval: number,
  io: CommandIO,
): Promise<readonly SlotListener[]> {
  const { listen } = inputs;
  if (listen === undefined) return [];
  const waiting = new Waiting();
  const page = new StatusListener(await readTemplate('status-page.html'), () => waiting.states());
  const { openServer } = await import('../monitor/serve/open.ts');
  const server = await openServer({
    listen,
    interval,
    stateDir: inputs.state,
    now: Date.now,
    routes: page.routes(),
    signal: io.signal,
  });
  io.progress.note(`status page at ${server.url}`);
  return [waiting, page, ...server.listeners];
}

/** What waits for each receiver, over all scopes, and since when it takes nothing from one of them. */
class Waiting implements SlotListener {
  readonly #scopes = new Map<string, Parameters<NonNullable<SlotListener['round']>>[1]>();

  slot(): void {}

  round(...[scope, outbox]: Parameters<NonNullable<SlotListener['round']>>): void {
    this.#scopes.set(scope, outbox);
  }

  states(): readonly SinkState[] {
    const counts = [...this.#scopes.values()].flatMap((outbox) => [...outbox]);
    return [...Map.groupBy(counts, ([name]) => name)].map(([name, own]) => {
      const failing = own.flatMap(([, { failing: one }]) => one ?? []);
      const [first] = failing.sort((a, b) => a.since - b.since);
      return {
        name,
        waiting: own.reduce((sum, [, { pending }]) => sum + pending, 0),
        failing: first ? { since: iso(first.since), reason: first.reason } : null,
      };
    });
  }
}
