/** What the shop's director and its processes say to each other over Node's IPC channel. */
export type ToChild =
  | { readonly kind: 'start'; readonly config: unknown }
  | { readonly kind: 'tell'; readonly message: unknown }
  | { readonly kind: 'stop' };

export type FromChild =
  | { readonly kind: 'ready'; readonly value: unknown }
  | { readonly kind: 'told'; readonly value: unknown }
  | { readonly kind: 'stopped'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly reason: string };

/** A process under way: what it answers to messages and when stopped. */
export interface Running {
  readonly ready: unknown;
  readonly tell?: (message: unknown) => Promise<unknown> | unknown;
  readonly stop?: () => Promise<unknown> | unknown;
}
