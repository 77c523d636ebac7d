import { visible } from '../../support/escape.ts';
import { byCodeUnit, type Json } from '../../support/json.ts';
import type { Progress } from '../../support/progress.ts';
import type { Alert } from '../alert.ts';
import { type Sink, SinkFailure } from '../sink.ts';
import { waitAfter } from './backoff.ts';
import {
  type Failing,
  type Mail,
  outboxFromJSON,
  outboxToJSON,
  type SinkCount,
} from './outbox-json.ts';

/** Messages of a sink: delivered, refused for good, dropped for want of room, and waiting. */
export interface SinkCounts extends SinkCount {
  readonly pending: number;
  /** While nothing that is sent to it is taken. */
  readonly failing: Failing | undefined;
}

/** Messages kept at most. */
const MAX_MAILS = 10_000;
/** After so many failures in a row a receiver is left alone until the next time. */
const MAX_FAILURES = 3;
/** A slow receiver must not keep a monitor from looking: the rest is sent the next time. */
const PASS_MS = 20_000;
/** Characters of the reason why a sink takes nothing. */
const MAX_REASON = 200;

/**
 * What is still to be sent to the sinks: in order for each alert and sink, again and again while that may
 * help, and through restarts. A message is sent at least once, and again with the same id.
 */
export class Outbox {
  #mails: Mail[];
  readonly #counts: Map<string, SinkCount>;
  readonly #failing: Map<string, Failing>;
  readonly #flying = new Set<string>();
  #untold = 0;

  /** `kept` is what `toJSON` gave. Throws RangeError on anything that it can't have written. */
  constructor(kept?: Json) {
    const { mails, counts, failing } = outboxFromJSON(kept);
    this.#mails = mails;
    this.#counts = counts;
    this.#failing = failing;
  }

  /** Messages that some sink has not taken yet. */
  get pending(): number {
    return this.#mails.length;
  }

  /** By sink, since the state was begun. */
  counts(): ReadonlyMap<string, SinkCounts> {
    const names = new Set([
      ...this.#counts.keys(),
      ...this.#mails.flatMap((m) => [...m.waiting.keys()]),
    ]);
    return new Map(
      [...names].sort(byCodeUnit).map((name) => {
        const pending = this.#mails.filter(({ waiting }) => waiting.has(name)).length;
        return [name, { ...this.#count(name), pending, failing: this.#failing.get(name) }];
      }),
    );
  }

  /** Puts alerts in for these sinks; those that are silenced are not sent. */
  add(alerts: readonly Alert[], sinks: readonly string[]): void {
    for (const alert of alerts) {
      if (alert.silenced !== undefined || sinks.length === 0) continue;
      if (alert.state === 'firing') this.#replace(alert.id, sinks);
      const waiting = new Map(sinks.map((name) => [name, { attempts: 0, notBefore: 0 }]));
      this.#mails.push({ alert, waiting });
    }
    this.#makeRoom();
  }

  /**
   * Sends what is due at `now` (Unix ms), all sinks side by side. Gives whether there is something to
   * save.
   */
  async deliver(
    sinks: readonly Sink[],
    now: number,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<boolean> {
    let changed = this.#forget(new Set(sinks.map(({ name }) => name)), progress);
    if (this.#untold > 0) {
      progress.warn(`alerts: ${this.#untold} waiting messages were dropped for want of room`);
      this.#untold = 0;
    }
    const done = await Promise.all(
      sinks.map((sink) => this.#deliverTo(sink, now, signal, progress)),
    );
    changed ||= done.includes(true);
    this.#sweep();
    return changed;
  }

  toJSON(): Json {
    return outboxToJSON({ mails: this.#mails, counts: this.#counts, failing: this.#failing });
  }

  async #deliverTo(
    sink: Sink,
    now: number,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<boolean> {
    const { name } = sink;
    if (this.#flying.has(name)) return false;
    this.#flying.add(name);
    const pass = AbortSignal.timeout(PASS_MS);
    const blocked = new Set<string>();
    let failures = 0;
    let changed = false;
    let taken = false;
    let reason: string | undefined;
    try {
      for (const { alert, waiting } of [...this.#mails]) {
        const state = waiting.get(name);
        if (!state || blocked.has(alert.id)) continue;
        if (signal.aborted || pass.aborted || failures >= MAX_FAILURES) break;
        if (state.notBefore > now) {
          blocked.add(alert.id);
          continue;
        }
        const failure = await failureToSend(sink, alert, signal);
        if (failure && signal.aborted) break;
        changed = true;
        this.#settle(name, { alert, waiting }, failure, now, progress);
        if (!failure) {
          taken = true;
          failures = 0;
          continue;
        }
        reason = failure.message;
        if (!failure.passing) continue;
        failures++;
        blocked.add(alert.id);
      }
    } finally {
      this.#flying.delete(name);
    }
    this.#noteHealth(name, taken, reason, now);
    return changed;
  }

  /** Takes a message out that a sink took, or never will; puts off one that it may take later. */
  #settle(
    name: string,
    { alert, waiting }: Mail,
    failure: SinkFailure | undefined,
    now: number,
    progress: Progress,
  ): void {
    const state = waiting.get(name);
    if (failure?.passing && state) {
      state.attempts++;
      state.notBefore = now + waitAfter(state.attempts, alert.id, failure.retryAfter);
      if (state.attempts === 1) progress.warn(`${name}: ${visible(failure.message)}; trying again`);
      return;
    }
    waiting.delete(name);
    this.#count(name)[failure ? 'refused' : 'delivered']++;
    if (failure)
      progress.warn(`${name}: ${visible(failure.message)}; alert ${alert.id} is not sent there`);
  }

  /** A sink that took something works, whatever else it did not take; without an attempt nothing is new. */
  #noteHealth(name: string, taken: boolean, reason: string | undefined, now: number): void {
    if (taken) this.#failing.delete(name);
    else if (reason !== undefined) {
      const since = this.#failing.get(name)?.since ?? now;
      this.#failing.set(name, { since, reason: visible(reason, MAX_REASON) });
    }
  }

  /** News of an alert that still waits takes the place of older news of it, but never of its end. */
  #replace(id: string, sinks: readonly string[]): void {
    for (const name of sinks) {
      if (this.#flying.has(name)) continue;
      const last = this.#mails.findLast(
        ({ alert, waiting }) => alert.id === id && waiting.has(name),
      );
      if (last?.alert.state === 'firing' && last.waiting.get(name)?.attempts === 0)
        last.waiting.delete(name);
    }
    this.#sweep();
  }

  /** Drops what is for sinks that are no more. */
  #forget(names: ReadonlySet<string>, progress: Progress): boolean {
    const gone = new Map<string, number>();
    for (const { waiting } of this.#mails) {
      for (const name of waiting.keys()) {
        if (names.has(name)) continue;
        waiting.delete(name);
        gone.set(name, (gone.get(name) ?? 0) + 1);
      }
    }
    for (const [name, count] of gone) {
      progress.note(
        `${visible(name)} is configured no more: ${count} waiting alerts are not sent there`,
      );
    }
    for (const kept of [this.#counts, this.#failing]) {
      for (const name of [...kept.keys()]) if (!names.has(name)) kept.delete(name);
    }
    this.#sweep();
    return gone.size > 0;
  }

  /** Past the bound, what is over goes first: the oldest alert whose end waits too; then the oldest. */
  #makeRoom(): void {
    while (this.#mails.length > MAX_MAILS) {
      const ended = new Set(
        this.#mails.filter(({ alert }) => alert.state === 'resolved').map(({ alert }) => alert.id),
      );
      const id = (this.#mails.find(({ alert }) => ended.has(alert.id)) ?? this.#mails[0])?.alert.id;
      const dropped = this.#mails.filter(({ alert }) => alert.id === id);
      this.#mails = this.#mails.filter(({ alert }) => alert.id !== id);
      for (const { waiting } of dropped) {
        for (const name of waiting.keys()) this.#count(name).dropped++;
      }
      this.#untold += dropped.length;
    }
  }

  #sweep(): void {
    this.#mails = this.#mails.filter(({ waiting }) => waiting.size > 0);
  }

  #count(name: string): SinkCount {
    let count = this.#counts.get(name);
    if (!count) {
      count = { delivered: 0, refused: 0, dropped: 0 };
      this.#counts.set(name, count);
    }
    return count;
  }
}

/** What is no SinkFailure is a fault of the sink's own: trying again would not mend it. */
async function failureToSend(
  sink: Sink,
  alert: Alert,
  signal: AbortSignal,
): Promise<SinkFailure | undefined> {
  try {
    await sink.deliver(alert, signal);
    return undefined;
  } catch (error) {
    if (error instanceof SinkFailure) return error;
    return new SinkFailure(error instanceof Error ? error.message : String(error), false);
  }
}
