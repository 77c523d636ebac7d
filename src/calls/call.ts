import type { SpanGaps } from './span-gaps.ts';

/**
 * One L7 exchange made plain: a request and its response, or a one-way message.
 * Every source (Kubeshark, NDJSON, HAR, PCAP) yields this and nothing else.
 */
export interface Call {
  /** Unique within a capture, as the source named it. */
  readonly id: string;
  /** Start, Unix ms. Whole milliseconds from Kubeshark: order inside one millisecond is not evidence. */
  readonly ts: number;
  /** From request to response, ms. Undefined when no response was seen. */
  readonly latency: number | undefined;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** Lower case: `http`, `grpc`, `redis`, `postgresql`, `kafka`, `dns`, … */
  readonly protocol: string;
  /** HTTP method, SQL verb, Redis command, …; upper case. */
  readonly method: string;
  /** As sent: URL path with query, gRPC method, Redis key, SQL text, topic, name. */
  readonly path: string;
  /** As seen: `200`, gRPC or SQL status; undefined when unknown or no response was seen. */
  readonly status: string | undefined;
  readonly requestHeaders: Headers;
  readonly responseHeaders: Headers;
  readonly requestBody: Body;
  readonly responseBody: Body;
  /** Bytes on the wire, where told. */
  readonly requestSize: number | undefined;
  readonly responseSize: number | undefined;
  /** 64-bit ids stay text: JSON numbers lose digits above 2^53. */
  readonly connection: string | undefined;
  readonly flow: string | undefined;
  /** The node that observed the call. */
  readonly node: string | undefined;
  /**
   * Id of the call that caused it, where the source knows the causes; null: none, or one that it did
   * not see. Undefined: the source doesn't know, and causes are inferred.
   */
  readonly cause?: string | null;
  /** What traces tell of the spans around it. */
  readonly spans?: SpanGaps;
  /** The other nodes that observed it, once it was deduplicated. */
  readonly sightings?: readonly Sighting[];
}

/** A further node's observation of a call. */
export interface Sighting {
  readonly node: string;
  /**
   * How far (ms) its clock is ahead of that of the node whose observation was kept: between the
   * middles of the call, since the network takes its time both ways. Undefined without a response.
   */
  readonly ahead: number | undefined;
}

/** Names in lower case; a repeated header's values joined by `, `. A Map, since `__proto__` is a legal name. */
export type Headers = ReadonlyMap<string, string>;

export interface Endpoint {
  readonly workload: Workload;
  readonly namespace: string | undefined;
  readonly pod: string | undefined;
  readonly ip: string | undefined;
  readonly port: number | undefined;
  readonly node: string | undefined;
}

/** Who sends or serves, stable across rollouts: never a pod name or an IP of the cluster. */
export interface Workload {
  readonly name: string;
  /** What the name came from. `outside`: an address or host that is not the cluster's. */
  readonly kind: 'service' | 'owner' | 'host' | 'outside' | 'inside' | 'unknown';
}

/**
 * A body, or why there is none. `cut` and `redacted` mean unknown: their text is for reading
 * evidence, never for judging a schema. `unseen`: the source shows no bodies at all, as traces do.
 */
export type Body =
  | { readonly state: 'absent' }
  | { readonly state: 'whole'; readonly text: string }
  | { readonly state: 'binary'; readonly bytes: Uint8Array }
  | { readonly state: 'cut' | 'redacted' | 'unseen'; readonly text: string };
