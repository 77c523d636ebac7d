import type { Alert } from './alert.ts';
import { isFrom } from './alert-rule.ts';
import type { ScopeOptions } from './scope-options.ts';
import type { KeptScope } from './scope-state.ts';
import type { Sink } from './sink.ts';

/** A receiver that could not be told what fires is left alone so long, ms: each attempt may take ten seconds. */
const PAUSE_MS = 60_000;

/** Sends a scope's alerts: what is posted is on disk before it is sent, and until it was taken. */
export class Delivery {
  readonly #options: ScopeOptions;
  readonly #kept: KeptScope;

  /** By sink: when it may be told again what fires, Unix ms. */
  readonly #resting = new Map<string, number>();

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
    await Promise.all(sinks.map((sink) => this.#refresh(sink, told, now)));
    const counts = this.#kept.state.outbox.counts();
    for (const listener of listeners) listener.round?.(name, counts);
  }

  /** What can't be repeated now is repeated later. */
  async #refresh(sink: Sink, told: readonly Alert[], now: number): Promise<void> {
    const until = this.#resting.get(sink.name);
    if (until !== undefined && now < until && now >= until - PAUSE_MS) return;
    try {
      await sink.refresh?.(told, now, this.#options.signal);
      this.#resting.delete(sink.name);
    } catch {
      this.#resting.set(sink.name, now + PAUSE_MS);
    }
  }
}
