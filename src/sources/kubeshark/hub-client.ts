import type { z } from 'zod';
import { HubFailure } from './hub-failure.ts';
import type { OwnSnapshots } from './own-snapshots.ts';
import { retry } from './retry.ts';
import { changeOf } from './tool-change.ts';
import type { Tool, ToolArguments, Transport } from './transport.ts';

/** Answers that may mean that the tools changed; each asks for them once more. */
const MOST_DOUBTS = 5;

/** Tool calls with retries, never more at once than the transport can take. */
export class HubClient {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Where snapshots that are made are to go with the run; undefined where they stay. */
  readonly own: OwnSnapshots | undefined;
  #doubts = 0;
  #free: number;
  readonly #waiting: (() => void)[] = [];
  #tools: ReadonlyMap<string, Tool> | undefined;

  constructor(transport: Transport, signal: AbortSignal, own?: OwnSnapshots) {
    this.transport = transport;
    this.signal = signal;
    this.own = own;
    this.#free = transport.parallel;
  }

  get parallel(): number {
    return this.transport.parallel;
  }

  /** The tools this Hub has, by name; asked for once. */
  async tools(): Promise<ReadonlyMap<string, Tool>> {
    this.#tools ??= new Map(
      (await this.#retry('tools/list', () => this.transport.tools(this.signal))).map((tool) => [
        tool.name,
        tool,
      ]),
    );
    return this.#tools;
  }

  /**
   * An answer of the expected shape. Asks again, with exponential back-off and jitter, on failures
   * that may pass and on answers that `check` throws a HubFailure for. Throws HubFailure, which says so
   * where the tool has changed since the tools were asked for.
   */
  async call<T>(
    tool: string,
    args: ToolArguments,
    shape: z.ZodType<T>,
    check: (answer: T) => void = () => {},
  ): Promise<T> {
    const work = async () => {
      const parsed = shape.safeParse(await this.transport.call(tool, args, this.signal));
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const where = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
        throw new HubFailure('garbage', `${tool} gave an unexpected answer (${where})`);
      }
      check(parsed.data);
      return parsed.data;
    };
    try {
      return await this.#retry(`${tool} ${JSON.stringify(args)}`, work);
    } catch (error) {
      const change = await this.#changeBehind(tool, error);
      throw change === undefined ? error : new HubFailure('changed', change, error);
    }
  }

  /** Saves a file that a tool named, at most `maxBytes` of it and a little more. Throws HubFailure. */
  download(path: string, dest: string, maxBytes: number): Promise<void> {
    return this.#retry(`download ${path}`, () =>
      this.transport.download(path, dest, maxBytes, this.signal),
    );
  }

  /** How a tool is another than at first, where that may be why it failed. */
  async #changeBehind(name: string, error: unknown): Promise<string | undefined> {
    const kind = error instanceof HubFailure ? error.kind : undefined;
    const before = this.#tools?.get(name);
    if (!before || (kind !== 'refused' && kind !== 'garbage')) return undefined;
    if (this.#doubts++ >= MOST_DOUBTS) return undefined;
    const now = await this.#slot(() => this.transport.tools(this.signal)).catch(() => undefined);
    return now && changeOf(before, now);
  }

  #retry<T>(what: string, work: () => Promise<T>): Promise<T> {
    return retry(what, this.signal, () => this.#slot(work));
  }

  async #slot<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
