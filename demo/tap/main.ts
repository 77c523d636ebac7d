import { writeFile } from 'node:fs/promises';
import type { Backend, Edge } from '../cluster/identity.ts';
import { runChild } from '../processes/child-main.ts';
import { unixNow } from '../processes/unix-now.ts';
import { EdgeProxy } from './proxy.ts';
import { Recorder } from './recorder.ts';

export interface TapConfig {
  readonly edges: readonly Edge[];
  readonly seed: string;
  readonly calls: string;
  readonly truth: string;
}

export type TapMessage =
  /** All of what is behind the services from now on. */
  | { readonly backends: readonly Backend[] }
  /** Further edges, as of a new pod; answered as at the start. */
  | { readonly edges: readonly Edge[] }
  | { readonly record: true };

export interface TapReady {
  /** Loopback port of each edge, in the order of the edges. */
  readonly ports: readonly number[];
}

runChild<TapConfig>(async (config) => {
  const recorder = new Recorder(config.seed);
  const proxies: EdgeProxy[] = [];
  const listen = async (edges: readonly Edge[]): Promise<TapReady> => {
    const added = edges.map((edge) => new EdgeProxy(edge, recorder));
    proxies.push(...added);
    return { ports: await Promise.all(added.map((proxy) => proxy.listen())) };
  };
  const ready = await listen(config.edges);
  return {
    ready,
    tell: (message) => {
      const told = message as TapMessage;
      if ('record' in told) recorder.begin(unixNow());
      else if ('edges' in told) return listen(told.edges);
      else {
        for (const proxy of proxies) {
          proxy.target(told.backends.filter((backend) => backend.service === proxy.edge.to));
        }
      }
      return undefined;
    },
    stop: async () => {
      for (const proxy of proxies) proxy.close();
      await new Promise((resolve) => setTimeout(resolve, 20));
      const { calls, truth, summary } = recorder.texts();
      await Promise.all([writeFile(config.calls, calls), writeFile(config.truth, truth)]);
      return summary;
    },
  };
});
