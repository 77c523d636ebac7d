import type { KeptBytes } from './wire/kept-bytes.ts';

/** A body: bytes as they came, or text made of what a binary protocol says. */
export type Content = KeptBytes | string | undefined;

/** Names as sent, in order; a repeated one as often as it was sent. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** One request and its answer, as read from the bytes of a connection. */
export interface Exchange {
  /** As Kubeshark names it. */
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  /** Undefined when no answer was seen, or the protocol has none. */
  readonly status: number | string | undefined;
  /** Unix ms: when the first byte of the request came, and the last one of the answer, if it did. */
  readonly start: number;
  readonly end: number | undefined;
  readonly requestHeaders?: HeaderList;
  readonly responseHeaders?: HeaderList;
  readonly requestBody?: Content;
  readonly responseBody?: Content;
  readonly requestSize: number;
  readonly responseSize: number | undefined;
  /** Sent by the server unasked: a call of its own, to the client. */
  readonly isPushed?: boolean;
}
