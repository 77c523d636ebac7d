import type { Fault } from '../incidents/fault.ts';
import { unixNow } from '../processes/unix-now.ts';
import type { ServiceConfig, ServiceCounts, ServiceMessage } from '../services/service.ts';
import type { TapMessage, TapReady } from '../tap/main.ts';
import type { Variant } from '../variants.ts';
import type { Child } from './child.ts';
import type { Backend } from './identity.ts';
import { type Instance, makeSuccessor, type Rollout } from './rollout.ts';
import type { Database } from './store.ts';

export interface DeploymentConfig {
  readonly seed: number;
  readonly variants: readonly Variant[];
  readonly rollout: Rollout;
  /** The tap, which has been told the rollout's edges, and its port for each of them. */
  readonly tap: Child;
  readonly ports: readonly number[];
  readonly store: Promise<Database>;
  readonly fork: (name: string, module: string) => Child;
}

interface Started {
  readonly instance: Instance;
  readonly child: Child;
  readonly backend: Backend;
}

/** The services that run, and who is behind each of them now. */
export class Deployment {
  /** Calls that each process says it made, of those that have ended. */
  readonly made: Record<string, number> = {};
  readonly #config: DeploymentConfig;
  #started: readonly Started[] = [];
  #processes = 1;

  constructor(config: DeploymentConfig) {
    this.#config = config;
  }

  /** Starts the rollout's processes; connections find them. */
  async start(): Promise<void> {
    const { rollout, ports } = this.#config;
    const [, ...started] = await Promise.all([
      this.#config.store,
      ...rollout.instances
        .filter(({ member }) => member.module !== undefined)
        .map((instance) => this.#start(instance, portsOf(instance, rollout.edges, ports))),
    ]);
    this.#started = started;
    await this.#route();
  }

  /** Everyone is there: what services do by themselves begins. */
  async begin(): Promise<void> {
    await Promise.all(this.#started.map(({ child }) => tell(child, { kind: 'begin' })));
  }

  /** Sets a fault in a service's processes, or in the store; when it can first be felt, Unix ms. */
  async strike(service: string, fault: Fault): Promise<number> {
    const store = service === 'postgres' ? await this.#config.store : undefined;
    if (store?.strike) return store.strike(fault);
    const struck = this.#of(service);
    if (struck.length === 0) throw new Error(`${service} can't have a fault`);
    const felt = struck.map(({ child }) => child.tell<number>({ kind: 'fault', fault }));
    return Math.min(...(await Promise.all(felt)));
  }

  /**
   * Replaces a service's pods by a new one, which has the fault from its start. Connections go to it
   * once it is ready, and the old ones answer what they began. Since when, Unix ms.
   */
  async rollOut(service: string, fault?: Fault): Promise<number> {
    const old = this.#of(service);
    const member = old[0]?.instance.member;
    if (!member) throw new Error(`${service} can't be rolled out`);
    const { instances, edges } = makeSuccessor(member, this.#config.seed);
    const { ports } = await this.#config.tap.tell<TapReady>({ edges } satisfies TapMessage);
    const started = await Promise.all(
      instances.map((instance) => this.#start(instance, portsOf(instance, edges, ports))),
    );
    for (const { child } of started) {
      if (fault) await tell(child, { kind: 'fault', fault });
      await tell(child, { kind: 'begin' });
    }
    this.#started = [...this.#started.filter((each) => !old.includes(each)), ...started];
    await this.#route();
    const since = unixNow();
    for (const each of old) {
      await tell(each.child, { kind: 'drain' });
      await this.#stop(each);
    }
    return since;
  }

  /** Those that only call go first, so that no answer stays away. */
  async stop(): Promise<void> {
    const callers = this.#started.filter(({ instance }) => instance.member.calls.length > 0);
    const stop = (each: Started) => this.#stop(each);
    await Promise.all(callers.filter(({ instance }) => !instance.member.port).map(stop));
    await Promise.all(callers.filter(({ instance }) => instance.member.port).map(stop));
  }

  #of(service: string): readonly Started[] {
    return this.#started.filter(({ backend }) => backend.service === service);
  }

  /** Tells the tap who is behind each service. */
  async #route(): Promise<void> {
    const { rollout, store, tap } = this.#config;
    const { port } = await store;
    const stored = rollout.instances
      .filter(({ member }) => member.module === undefined)
      .map(({ member, served }) => ({ service: member.name, port, party: served }));
    const backends = [...stored, ...this.#started.map(({ backend }) => backend)];
    await tap.tell({ backends } satisfies TapMessage);
  }

  async #start(instance: Instance, ports: Readonly<Record<string, number>>): Promise<Started> {
    const { seed, variants } = this.#config;
    const child = this.#config.fork(instance.name, instance.member.module ?? '');
    const service: ServiceConfig = {
      pod: instance.name,
      seed: seed * 1000 + ++this.#processes,
      variants,
      ports,
    };
    const { port } = await child.start<{ port: number }>({ ...service, dataSeed: seed });
    const backend: Backend = { service: instance.member.name, port, party: instance.served };
    return { instance, child, backend };
  }

  async #stop({ instance, child }: Started): Promise<void> {
    this.made[instance.name] = (await child.stop<ServiceCounts>()).made;
  }
}

function tell(child: Child, message: ServiceMessage): Promise<unknown> {
  return child.tell(message);
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
