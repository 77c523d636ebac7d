import { readFile } from 'node:fs/promises';
import type { FlowReading } from '../calls/flow.ts';
import type { Batch, Capture, CaptureProblem } from '../calls/observation.ts';
import type { Slot } from '../monitor/slot.ts';
import type { TrafficSource } from '../monitor/traffic-source.ts';
import {
  type KubesharkOptions,
  type KubesharkSession,
  openKubeshark,
} from '../sources/kubeshark/index.ts';
import { CaptureError } from '../support/errors.ts';
import type { Progress } from '../support/progress.ts';

interface TrafficOptions extends KubesharkOptions {
  /** Where a token is that is renewed from outside: read at each connection. */
  readonly tokenFile?: string | undefined;
}

/**
 * Kubeshark as a monitor's source: connects when first asked, and again after each failure, so that a
 * Hub that restarts, or a token that was renewed, is found by itself.
 */
export class KubesharkTraffic implements TrafficSource {
  readonly #options: TrafficOptions;
  readonly #progress: Progress;
  readonly #signal: AbortSignal;
  #session: KubesharkSession | undefined;

  constructor(options: TrafficOptions, progress: Progress, signal: AbortSignal) {
    this.#options = options;
    this.#progress = progress;
    this.#signal = signal;
  }

  capture(window: Slot): Capture {
    const problems: CaptureProblem[] = [];
    return { batches: this.#observe(window, problems), problems, window };
  }

  count(window: Slot): Promise<number | undefined> {
    return this.#ask((session) => session.count(window));
  }

  held() {
    return this.#ask((session) => session.held());
  }

  flows(now: number): Promise<FlowReading | undefined> {
    return this.#ask((session) => session.flows(now));
  }

  keep(window: Slot): Promise<string> {
    return this.#ask((session) => session.keep(window));
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  async *#observe(window: Slot, problems: CaptureProblem[]): AsyncGenerator<Batch> {
    const capture = await this.#ask(async (session) => session.read(window));
    try {
      yield* capture.batches;
    } catch (error) {
      await this.close();
      throw error;
    }
    problems.push(...capture.problems);
  }

  async #ask<T>(work: (session: KubesharkSession) => Promise<T>): Promise<T> {
    try {
      this.#session ??= await this.#open();
      return await work(this.#session);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #open(): Promise<KubesharkSession> {
    const { tokenFile } = this.#options;
    const token = tokenFile === undefined ? this.#options.token : await readToken(tokenFile);
    const session = await openKubeshark({ ...this.#options, token }, this.#progress, this.#signal);
    try {
      await session.prepare();
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}

async function readToken(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new CaptureError(`cannot read the token in ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
