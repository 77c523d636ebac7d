/** One side of a call as a cluster shows it. Workloads outside have only an address. */
export interface Party {
  readonly ip: string;
  readonly port?: number;
  readonly pod?: string;
  readonly ns?: string;
  readonly svc?: string;
  readonly node?: string;
}

export type Protocol = 'http' | 'postgresql' | 'redis';

/** A way from one pod (or the outside) to a service: the tap listens for each of them. */
export interface Edge {
  /** The caller's process and the callee's service. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly caller: Party;
}

/** A process behind a service: the loopback port it really has, and what the cluster calls it. */
export interface Backend {
  readonly service: string;
  readonly port: number;
  readonly party: Party;
}
