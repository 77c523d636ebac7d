import type { SlotListener } from '../monitor/slot-listener.ts';
import { readTemplate } from '../report/html-template.ts';
import type { SinkState } from '../report/monitor/status-data.ts';
import { StatusListener } from '../report/monitor/status-listener.ts';
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

/** What waits for each receiver, over all scopes. */
class Waiting implements SlotListener {
  readonly #scopes = new Map<string, Parameters<NonNullable<SlotListener['round']>>[1]>();

  slot(): void {}

  round(...[scope, outbox]: Parameters<NonNullable<SlotListener['round']>>): void {
    this.#scopes.set(scope, outbox);
  }

  states(): readonly SinkState[] {
    const all = new Map<string, number>();
    for (const outbox of this.#scopes.values()) {
      for (const [name, { pending }] of outbox) all.set(name, (all.get(name) ?? 0) + pending);
    }
    return [...all].map(([name, waiting]) => ({ name, waiting, failing: null }));
  }
}
