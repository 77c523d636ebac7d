import type { Alert } from './alert.ts';

/** Where alerts go. Delivery is at least once, with the same id. */
export interface Sink {
  /** Unique among the sinks of a monitor, and the same after a restart. */
  readonly name: string;
  /**
   * Sends one alert that began to fire, changed, or was resolved. Throws SinkFailure: it is tried again while
   * that may pass.
   */
  deliver(alert: Alert, signal: AbortSignal): Promise<void>;
  /** Told of everything that fires after each slot, for receivers that forget what isn't repeated. */
  refresh?(firing: readonly Alert[], now: number, signal: AbortSignal): Promise<void>;
}

/** Why a receiver has not taken an alert. */
export class SinkFailure extends Error {
  /** Whether it may pass when tried again. */
  readonly passing: boolean;
  /** Not before so many ms, where the receiver says so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, passing: boolean, retryAfter?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SinkFailure';
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}
