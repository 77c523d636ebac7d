import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClientConfig, Round, RoundResult } from './client/main.ts';
import { Child } from './cluster/child.ts';
import { Deployment } from './cluster/deployment.ts';
import type { Party } from './cluster/identity.ts';
import { makeRollout, type Rollout } from './cluster/rollout.ts';
import { type Database, Store } from './cluster/store.ts';
import type { TapConfig, TapMessage, TapReady } from './tap/main.ts';
import type { RecordingSummary } from './tap/recorder.ts';
import { releaseRegressions, type Variant } from './variants.ts';

export interface ShopOptions {
  /** 2 has one regression of each of the six categories. Default 1. */
  readonly version?: 1 | 2;
  /** Further changes, each on its own. */
  readonly variant?: Variant | readonly Variant[];
  /** Draws pods, addresses, ids, data and the client's sequence. Default 1. */
  readonly seed?: number;
  /** Requests of the client, over all operations. Default 1800: about 220 of each main one. */
  readonly requests?: number;
  /** Requests at a time. Default 4. */
  readonly concurrency?: number;
  /** Requests a second, sent whatever comes back, instead of so many at a time. */
  readonly rate?: number;
  /** With a rate: after so many requests it is `factor` times as high. */
  readonly surge?: Round['surge'];
  /** Unrecorded requests before. Default 120; with 0 everything is recorded from the first byte. */
  readonly warmup?: number;
  /** A database that is there already, and stays. It is emptied and filled anew. Default: one of its own. */
  readonly store?: Database;
  /** Folder for `calls.ndjson` and `truth.ndjson`. */
  readonly out: string;
  /** What happens to the shop while it is recorded. */
  readonly meanwhile?: (shop: LiveShop) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** What can be done to a shop that runs. */
export type LiveShop = Pick<Deployment, 'strike' | 'rollOut'>;

export interface ShopRun {
  /** What crossed the sockets: Kubeshark `full` records, one a line, in order of time. */
  readonly calls: string;
  /** `{child, parent}` a line, by call id; parent null where no call was the cause. */
  readonly truth: string;
  readonly recorded: RecordingSummary;
  readonly client: RoundResult;
  /** Calls that each process says it made, warm-up included. */
  readonly made: Readonly<Record<string, number>>;
  /** Which packets were whose, for those who capture beside. */
  readonly wires: readonly Wire[];
}

/** A way that calls took: the loopback port that its callers used, and who they and the callee are in the cluster. */
export interface Wire {
  readonly port: number;
  readonly from: Party;
  readonly to: Party;
}

/** Deploys the shop on loopback, drives the client through it, records every call, and takes it down again. */
export async function runShop(options: ShopOptions): Promise<ShopRun> {
  const shop = new Shop(options);
  const abort = () => void shop.kill();
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    options.signal?.throwIfAborted();
    return await shop.run();
  } catch (cause) {
    // What broke because the processes were ended is not the reason.
    throw options.signal?.aborted ? options.signal.reason : cause;
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await shop.kill();
  }
}

class Shop {
  readonly #options: ShopOptions;
  readonly #variants: readonly Variant[];
  readonly #seed: number;
  readonly #children: Child[] = [];
  #store: Promise<Database> | undefined;

  constructor(options: ShopOptions) {
    this.#options = options;
    this.#seed = options.seed ?? 1;
    const further = typeof options.variant === 'string' ? [options.variant] : options.variant;
    this.#variants = [...(options.version === 2 ? releaseRegressions : []), ...(further ?? [])];
  }

  async run(): Promise<ShopRun> {
    const out = resolve(this.#options.out);
    const calls = join(out, 'calls.ndjson');
    const truth = join(out, 'truth.ndjson');
    await mkdir(out, { recursive: true });
    const rollout = makeRollout(this.#seed, this.#variants);
    const tap = this.#child('tap', 'tap/main.ts');
    const seed = `rollout-${this.#seed}`;
    const tapConfig: TapConfig = { edges: rollout.edges, seed, calls, truth };
    const { ports } = await tap.start<TapReady>(tapConfig);
    const wires = wiresOf(rollout, ports);
    const deployment = new Deployment({
      seed: this.#seed,
      variants: this.#variants,
      rollout,
      tap,
      ports,
      store: this.#openStore(),
      fork: (name, module) => this.#child(name, module),
    });
    await deployment.start();
    const record = () => tap.tell({ record: true } satisfies TapMessage);

    const client = this.#child('client', 'client/main.ts');
    const clientConfig: ClientConfig = { port: ports[0] ?? 0, dataSeed: this.#seed };
    await client.start(clientConfig);
    const round = this.#round();
    const warmup = this.#options.warmup ?? 120;
    if (warmup === 0) await record();
    await deployment.begin();
    if (warmup > 0) {
      await client.tell({ ...round, seed: this.#seed + 1000, requests: warmup, rate: undefined });
      await record();
    }
    const [result] = await Promise.all([
      client.tell<RoundResult>(round),
      this.#options.meanwhile?.(deployment),
    ]);

    await deployment.stop();
    await client.stop();
    const recorded = await tap.stop<RecordingSummary>();
    return { calls, truth, recorded, client: result, made: deployment.made, wires };
  }

  /** Ends whatever still runs. */
  async kill(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.kill()));
    const store = await this.#store?.catch(() => undefined);
    if (!this.#options.store) await store?.kill();
  }

  #openStore(): Promise<Database> {
    const { store } = this.#options;
    this.#store = store ? Promise.resolve(store) : Store.start();
    return this.#store.then(async (opened) => {
      await opened.fill(this.#seed);
      return opened;
    });
  }

  #round(): Round {
    const load = this.#variants.includes('load') ? 2 : 1;
    return {
      seed: this.#seed,
      requests: (this.#options.requests ?? 1800) * load,
      concurrency: (this.#options.concurrency ?? 4) * load,
      rate: this.#options.rate && this.#options.rate * load,
      surge: this.#options.surge,
    };
  }

  #child(name: string, module: string): Child {
    const child = new Child(name, module);
    this.#children.push(child);
    return child;
  }
}

function wiresOf({ edges, instances }: Rollout, ports: readonly number[]): Wire[] {
  return edges.flatMap(({ to, caller }, at) => {
    const served = instances.find(({ member }) => member.name === to)?.served;
    return served ? [{ port: ports[at] ?? 0, from: caller, to: served }] : [];
  });
}
