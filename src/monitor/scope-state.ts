import { join } from 'node:path';
import { CaptureError } from '../support/errors.ts';
import type { Json } from '../support/json.ts';
import type { AlertRule } from './alert-rule.ts';
import { AlertBook } from './alerts/alert-book.ts';
import { Outbox } from './alerts/outbox.ts';
import { Detecting } from './detecting.ts';
import type { DetectorKind } from './detector.ts';
import { HourFiles } from './learned/hour-files.ts';
import { Learned } from './learned/learned.ts';
import { OperationNaming } from './measure/operation-naming.ts';
import { OWN_RULES } from './own-rules.ts';
import { Rollouts } from './rollouts.ts';
import { StateFile } from './state/state-file.ts';

/** Everything that a scope keeps from slot to slot, and over restarts. */
export interface ScopeState {
  readonly learned: Learned;
  readonly detecting: Detecting;
  readonly naming: OperationNaming;
  readonly rollouts: Rollouts;
  readonly book: AlertBook;
  /** Of what the monitor says of itself: in slots of the wall clock. */
  readonly own: AlertBook;
  readonly outbox: Outbox;
  /** Begin of the first slot that isn't judged, and of the first that isn't learned; Unix ms. */
  judgedTo: number | undefined;
  learnedTo: number | undefined;
}

export interface KeptScope {
  readonly state: ScopeState;
  /** Writes everything in one step. A disk that is full must not end the watch: see `unkept`. */
  readonly save: () => Promise<void>;
  /** Why it could not be written the last time; undefined where it could. */
  readonly unkept: () => CaptureError | undefined;
}

/** Opens what a scope keeps in a directory; begins anew where there is nothing, or nothing of use. */
export async function openScope(
  name: string,
  dir: string,
  kinds: readonly DetectorKind[],
  warn: (line: string) => void,
): Promise<KeptScope> {
  const file = new StateFile(join(dir, 'state.json.zst'));
  const files = await HourFiles.open(join(dir, 'hours'), warn);
  const kept = await file.read(warn);
  let state: ScopeState;
  try {
    state = stateOf(name, kept, kinds, files);
  } catch (error) {
    if (!(error instanceof RangeError) || kept === undefined) throw error;
    await file.setAside(error.message, warn);
    state = stateOf(name, undefined, kinds, files);
  }
  let unkept: CaptureError | undefined;
  const save = async () => {
    try {
      await file.write(jsonOf(state));
      unkept = undefined;
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      if (!unkept) warn(`${error.message}; it is watched on, and kept as soon as that is possible`);
      unkept = error;
    }
  };
  return { state, save, unkept: () => unkept };
}

function stateOf(
  name: string,
  kept: { readonly [key: string]: Json } | undefined,
  kinds: readonly DetectorKind[],
  files: HourFiles,
): ScopeState {
  const rules = new Map<string, AlertRule>(
    kinds.flatMap((kind) => kind.rules.map((rule) => [rule.id, rule] as const)),
  );
  const own = new Map(OWN_RULES.map((rule) => [rule.id, rule]));
  return {
    learned: kept ? Learned.fromJSON(kept.learned, files) : new Learned(files),
    detecting: new Detecting(kinds, kept?.detectors),
    naming: new OperationNaming(kept?.naming),
    rollouts: new Rollouts(kept?.rollouts),
    book: new AlertBook(name, rules, kept?.book),
    own: new AlertBook(name, own, kept?.own),
    outbox: new Outbox(kept?.outbox),
    judgedTo: momentOf(kept?.judgedTo),
    learnedTo: momentOf(kept?.learnedTo),
  };
}

function momentOf(json: Json | undefined): number | undefined {
  return typeof json === 'number' ? json : undefined;
}

function jsonOf(state: ScopeState): { readonly [key: string]: Json } {
  return {
    judgedTo: state.judgedTo ?? null,
    learnedTo: state.learnedTo ?? null,
    learned: state.learned.toJSON(),
    detectors: state.detecting.toJSON(),
    naming: state.naming.toJSON(),
    rollouts: state.rollouts.toJSON(),
    book: state.book.toJSON(),
    own: state.own.toJSON(),
    outbox: state.outbox.toJSON(),
  };
}
