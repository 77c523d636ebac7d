import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClientConfig, Round, RoundResult } from './client/main.ts';
import { Child } from './cluster/child.ts';
import type { Backend } from './cluster/identity.ts';
import { type Instance, makeRollout, type Rollout } from './cluster/rollout.ts';
import { Store } from './cluster/store.ts';
import type { ServiceConfig, ServiceCounts } from './services/service.ts';
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
  /** Unrecorded requests before. Default 120; with 0 everything is recorded from the first byte. */
  readonly warmup?: number;
  /** A database that is there already, and stays. It is emptied and filled anew. Default: one of its own. */
  readonly store?: Store;
  /** Folder for `calls.ndjson` and `truth.ndjson`. */
  readonly out: string;
  readonly signal?: AbortSignal;
}

export interface ShopRun {
  /** What crossed the sockets: Kubeshark `full` records, one a line, in order of time. */
  readonly calls: string;
  /** `{child, parent}` a line, by call id; parent null where no call was the cause. */
  readonly truth: string;
  readonly recorded: RecordingSummary;
  readonly client: RoundResult;
  /** Calls that each process says it made, warm-up included. */
  readonly made: Readonly<Record<string, number>>;
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

interface Started {
  readonly instance: Instance;
  readonly child: Child;
  readonly backend: Backend;
}

class Shop {
  readonly #options: ShopOptions;
  readonly #variants: readonly Variant[];
  readonly #seed: number;
  readonly #rollout: Rollout;
  readonly #children: Child[] = [];
  #store: Promise<Store> | undefined;

  constructor(options: ShopOptions) {
    this.#options = options;
    this.#seed = options.seed ?? 1;
    const further = typeof options.variant === 'string' ? [options.variant] : options.variant;
    this.#variants = [...(options.version === 2 ? releaseRegressions : []), ...(further ?? [])];
    this.#rollout = makeRollout(this.#seed, this.#variants);
  }

  async run(): Promise<ShopRun> {
    const out = resolve(this.#options.out);
    const calls = join(out, 'calls.ndjson');
    const truth = join(out, 'truth.ndjson');
    await mkdir(out, { recursive: true });
    const { edges, instances } = this.#rollout;
    const tap = this.#child('tap', 'tap/main.ts');
    const tapConfig: TapConfig = { edges, seed: `rollout-${this.#seed}`, calls, truth };
    const { ports } = await tap.start<TapReady>(tapConfig);
    const [storePort, ...started] = await Promise.all([
      this.#openStore(),
      ...instances
        .filter(({ member }) => member.module !== undefined)
        .map((instance) => this.#start(instance, portsOf(instance, edges, ports))),
    ]);
    const stored = instances
      .filter(({ member }) => member.module === undefined)
      .map(({ member, served }) => ({ service: member.name, port: storePort, party: served }));
    const backends = [...stored, ...started.map(({ backend }) => backend)];
    await tap.tell({ backends } satisfies TapMessage);
    const record = () => tap.tell({ record: true } satisfies TapMessage);

    const client = this.#child('client', 'client/main.ts');
    const clientConfig: ClientConfig = { port: ports[0] ?? 0, dataSeed: this.#seed };
    await client.start(clientConfig);
    const round = this.#round();
    const warmup = this.#options.warmup ?? 120;
    if (warmup === 0) await record();
    await Promise.all(started.map(({ child }) => child.tell('everyone is there')));
    if (warmup > 0) {
      await client.tell({ ...round, seed: this.#seed + 1000, requests: warmup, rate: undefined });
      await record();
    }
    const result = await client.tell<RoundResult>(round);

    const made = await this.#stopServices(started);
    await client.stop();
    const recorded = await tap.stop<RecordingSummary>();
    return { calls, truth, recorded, client: result, made };
  }

  /** Ends whatever still runs. */
  async kill(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.kill()));
    const store = await this.#store?.catch(() => undefined);
    if (!this.#options.store) await store?.kill();
  }

  async #openStore(): Promise<number> {
    this.#store = this.#options.store ? Promise.resolve(this.#options.store) : Store.start();
    const store = await this.#store;
    await store.fill(this.#seed);
    return store.port;
  }

  /** Those that only call go first, so that no answer stays away. */
  async #stopServices(started: readonly Started[]): Promise<Record<string, number>> {
    const callers = started.filter(({ instance }) => instance.member.calls.length > 0);
    const made: Record<string, number> = {};
    const stop = async ({ instance, child }: Started) => {
      made[instance.name] = (await child.stop<ServiceCounts>()).made;
    };
    await Promise.all(callers.filter(({ instance }) => !instance.member.port).map(stop));
    await Promise.all(callers.filter(({ instance }) => instance.member.port).map(stop));
    return made;
  }

  #round(): Round {
    const load = this.#variants.includes('load') ? 2 : 1;
    return {
      seed: this.#seed,
      requests: (this.#options.requests ?? 1800) * load,
      concurrency: (this.#options.concurrency ?? 4) * load,
      rate: this.#options.rate && this.#options.rate * load,
    };
  }

  async #start(instance: Instance, ports: Readonly<Record<string, number>>): Promise<Started> {
    const child = this.#child(instance.name, instance.member.module ?? '');
    const service: ServiceConfig = {
      pod: instance.name,
      seed: this.#seed * 1000 + this.#children.length,
      variants: this.#variants,
      ports,
    };
    const { port } = await child.start<{ port: number }>({ ...service, dataSeed: this.#seed });
    const backend: Backend = { service: instance.member.name, port, party: instance.served };
    return { instance, child, backend };
  }

  #child(name: string, module: string): Child {
    const child = new Child(name, module);
    this.#children.push(child);
    return child;
  }
}

function portsOf(
  instance: Instance,
  edges: Rollout['edges'],
  ports: readonly number[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    edges.flatMap((edge, at) => (edge.from === instance.name ? [[edge.to, ports[at] ?? 0]] : [])),
  );
}
