import type { LiveShop, ShopOptions } from '../shop.ts';

/** A callee workload and who calls it: trouble goes from the one to the other. */
export type TroubledEdge = readonly [callee: string, caller: string];

/** Where trouble begins. */
export interface Origin {
  readonly service: string;
  /** Method and path, where only one operation has it. */
  readonly operation?: string;
  /** As an investigation names it; the first is the best name. */
  readonly kinds: readonly string[];
}

/** Something that happens to the shop while it serves its customers, and the truth of it. */
export interface Incident {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly story: string;
  /** What its users would say. */
  readonly symptom?: string;
  /** Empty where nothing is wrong, or nobody but the load. */
  readonly origins: readonly Origin[];
  /** Every edge by which it reaches the gateway. */
  readonly cascade: readonly TroubledEdge[];
  /** Edges of it that a capture can't show: who is refused at the door makes no call. */
  readonly unseen?: readonly TroubledEdge[];
  readonly options?: Pick<ShopOptions, 'variant'>;
  /** The load is so many times as high from then on. */
  readonly surge?: number;
  /** Makes it happen; since when it can be felt, Unix ms, for each origin. */
  readonly strike: (shop: LiveShop) => Promise<readonly number[]>;
}
