import { writeFile } from 'node:fs/promises';
import type { Backend, Edge } from '../cluster/identity.ts';
import { runChild } from '../processes/child-main.ts';
import { EdgeProxy, unixNow } from './proxy.ts';
import { Recorder } from './recorder.ts';

export interface TapConfig {
  readonly edges: readonly Edge[];
  readonly seed: string;
  readonly calls: string;
  readonly truth: string;
}

export type TapMessage = { readonly backends: readonly Backend[] } | { readonly record: true };

export interface TapReady {
  /** Loopback port of each edge, in the order of the edges. */
  readonly ports: readonly number[];
}

runChild<TapConfig>(async (config) => {
  const recorder = new Recorder(config.seed);
  const proxies = config.edges.map((edge) => new EdgeProxy(edge, recorder));
  const ready: TapReady = { ports: await Promise.all(proxies.map((proxy) => proxy.listen())) };
  return {
    ready,
    tell: (message) => {
      const told = message as TapMessage;
      if ('record' in told) recorder.begin(unixNow());
      else {
        for (const proxy of proxies) {
          proxy.target(told.backends.filter((backend) => backend.service === proxy.edge.to));
        }
      }
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
