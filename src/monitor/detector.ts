import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import type { Json } from '../support/json.ts';
import type { AlertRule } from './alert-rule.ts';
import type { Normal } from './learned/normal.ts';
import type { SlotView } from './measure/slot-view.ts';
import type { RolloutsOf } from './rollouts.ts';
import type { MonitorSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import type { Slot } from './slot.ts';

/** One call of a slot, deduplicated, in time order. */
export interface SeenCall {
  readonly call: Call;
  readonly target: Target;
  /** Plain form. */
  readonly operation: string;
}

/** A slot to judge: what it showed, against what. */
export interface Situation<R> {
  readonly view: SlotView;
  /** The detector's own, of this slot's calls. */
  readonly reader: R;
  readonly normal: Normal;
  readonly settings: MonitorSettings;
  readonly rollouts: RolloutsOf;
}

/** What a slot is judged with, besides what it showed. */
export type Known = Pick<Situation<unknown>, 'normal' | 'settings' | 'rollouts'>;

/**
 * Looks for one kind of deviation. A slot is read, then judged; when it is final (no late calls come
 * any more) it is learned, once, in order of time. Only `learn` changes what the detector remembers,
 * so a slot may be judged as often as wanted.
 */
export interface Detector<R = unknown> {
  /** Begins the reading of a slot. */
  read(slot: Slot): R;
  observe?(reader: R, seen: SeenCall): void;
  judge(situation: Situation<R>): readonly Signal[];
  learn(situation: Situation<R>): void;
  /** What it remembers, bounded; `undefined` where nothing. */
  remembers(): Json | undefined;
}

/** A kind of detector: its rules, and how one is made from what was remembered. */
export interface DetectorKind {
  /** Under which its memory is kept. */
  readonly name: string;
  readonly rules: readonly AlertRule[];
  /** `kept` is what `remembers` gave; what can't be read is taken for nothing. */
  readonly create: (kept: Json | undefined) => Detector;
}
