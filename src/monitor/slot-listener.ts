import type { Alert } from './alert.ts';
import type { SinkCounts } from './alerts/outbox.ts';
import type { Normal } from './learned/normal.ts';
import type { SlotView } from './measure/slot-view.ts';

/** What is told of a slot once it was judged and its outcome is on disk. */
export interface JudgedSlot {
  readonly scope: string;
  readonly view: SlotView;
  /** Everything that fires now, and what began or ended with this slot. */
  readonly firing: readonly Alert[];
  readonly changed: readonly Alert[];
  /** What is normal at this slot: a summary and the status page show it beside what was measured. */
  readonly normal: Normal;
  /** ms between the slot's end and now. */
  readonly lag: number;
}

/** A summary, a status page, metrics: each is told of every slot of every scope, in order of time. */
export interface SlotListener {
  slot(told: JudgedSlot): void | Promise<void>;
  /** The Hub could not be asked: since when (Unix ms), and why. Undefined: it answers again. */
  blind?(
    scope: string,
    state: { readonly since: number; readonly reason: string } | undefined,
  ): void;
  /** Why what is known can't be kept on disk; undefined where it can. */
  unkept?(scope: string, reason: string | undefined): void;
  /** The loop came round, with or without a slot: what the outbox of the scope has done so far, by sink. */
  round?(scope: string, outbox: ReadonlyMap<string, SinkCounts>): void;
}
