import type { Alert } from './alert.ts';
import { isFrom } from './alert-rule.ts';
import type { ScopeOptions } from './scope-options.ts';
import type { KeptScope } from './scope-state.ts';

/** Sends a scope's alerts: what is posted is on disk before it is sent, and until it was taken. */
export class Delivery {
  readonly #options: ScopeOptions;
  readonly #kept: KeptScope;

  constructor(options: ScopeOptions, kept: KeptScope) {
    this.#options = options;
    this.#kept = kept;
  }

  /** Puts into the outbox what is to be sent of these. */
  post(changed: readonly Alert[]): void {
    const { sinks, notifyFrom } = this.#options;
    const names = sinks.map(({ name }) => name);
    const sent = changed.filter(({ severity }) => isFrom(severity, notifyFrom));
    this.#kept.state.outbox.add(
      sent.filter(({ silenced }) => silenced === undefined),
      names,
    );
  }

  /** Sends what is due, and repeats what fires to those who would forget it. */
  async deliver(firing: readonly Alert[], now: number): Promise<void> {
    const { name, sinks, listeners, notifyFrom, signal, progress } = this.#options;
    if (await this.#kept.state.outbox.deliver(sinks, now, signal, progress)) {
      await this.#kept.save();
    }
    const told = firing.filter(
      ({ silenced, severity }) => silenced === undefined && isFrom(severity, notifyFrom),
    );
    for (const sink of sinks) {
      // What can't be repeated now is repeated with the next slot.
      await sink.refresh?.(told, now, signal).catch(() => {});
    }
    const counts = this.#kept.state.outbox.counts();
    for (const listener of listeners) listener.round?.(name, counts);
  }
}
