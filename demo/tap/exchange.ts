/** One request and its answer, as read from the bytes of a connection: what every protocol parser yields. */
export interface Exchange {
  readonly proto: 'http' | 'postgresql' | 'redis';
  readonly method: string;
  readonly path: string;
  /** Undefined when no answer was seen. */
  readonly status: number | string | undefined;
  /** Unix ms with fraction: the first byte of the request at the tap. */
  readonly start: number;
  /** Unix ms with fraction: the last byte of the answer at the tap; undefined when it did not end. */
  readonly end: number | undefined;
  readonly requestHeaders: Readonly<Record<string, string>> | undefined;
  readonly responseHeaders: Readonly<Record<string, string>> | undefined;
  readonly requestBody: string;
  readonly responseBody: string;
  /** Bytes on the wire, without what only the demo's own truth marks added. */
  readonly requestSize: number;
  readonly responseSize: number;
  readonly truth: TruthMark;
}

/** What the services know about a call, never part of its record: its own mark, and that of the call that caused it. */
export interface TruthMark {
  readonly call: string | undefined;
  readonly cause: string | undefined;
}

/** Reads both directions of one connection. Bytes come in any cuts; `now` is Unix ms with fraction. */
export interface Conversation {
  request(chunk: Buffer, now: number): void;
  response(chunk: Buffer, now: number): void;
  /** The connection is gone: what was begun is told as it stands. */
  close(now: number): void;
}
