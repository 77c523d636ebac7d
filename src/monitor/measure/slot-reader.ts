import type { Call } from '../../calls/call.ts';
import { Deduper } from '../../calls/dedupe.ts';
import { Identity, type IdentityRule } from '../../calls/identity.ts';
import type { Observation } from '../../calls/observation.ts';
import { type Target, targetOf } from '../../calls/target.ts';
import { workloadOf } from '../../calls/workload.ts';
import { endingOf } from '../../compare/ending.ts';
import { familyKey, Profile } from '../../profile/profile.ts';
import { redactProfile } from '../../profile/redact-profile.ts';
import type { SeenCall } from '../detector.ts';
import type { Slot } from '../slot.ts';
import { OperationMeasure } from './operation-measure.ts';
import type { OperationNaming } from './operation-naming.ts';
import { revisionOf } from './revision.ts';
import { ShownCalls } from './shown-calls.ts';
import type { SlotView } from './slot-view.ts';

const MAX_REVISIONS = 16;
/** Operations that are measured in a slot: a crawler, or an attacker, makes as many as it likes. */
const MAX_OPERATIONS = 5_000;
/** Those that were learned are measured beyond that, up to so many. */
const MAX_WITH_KNOWN = 2 * MAX_OPERATIONS;

export interface ReadingOptions {
  readonly identity?: readonly IdentityRule[];
  /** Names of fields and headers of which no values are kept. */
  readonly redact?: readonly string[];
  /** Told of each call of the slot, in order of time. */
  readonly onCall?: (seen: SeenCall) => void;
}

interface Measured {
  readonly measure: OperationMeasure;
  readonly shown: ShownCalls;
  readonly family: string;
  readonly target: Target;
}

/**
 * Measures one slot from its calls in time order, with some before and after it, by which doubles are
 * known (DEDUPE_REACH_MS on either side). Memory depends on how many operations there are.
 */
export class SlotReader {
  readonly #slot: Slot;
  readonly #naming: OperationNaming;
  readonly #options: ReadingOptions;
  readonly #identity: Identity;
  readonly #deduper = new Deduper();
  readonly #profile = new Profile();
  readonly #revisions = new Map<string, Set<string>>();
  readonly #servesAs = new Map<string, string>();
  readonly #operations = new Map<string, Measured>();
  /** Before some were told as one. */
  #seen: ReadonlyMap<string, Measured> = new Map();
  #calls = 0;
  #unmeasured = 0;
  badRecords = 0;

  constructor(slot: Slot, naming: OperationNaming, options: ReadingOptions = {}) {
    this.#slot = slot;
    this.#naming = naming;
    this.#options = options;
    this.#identity = new Identity(options.identity ?? []);
  }

  push(observation: Observation): void {
    if (observation.kind === 'bad') {
      this.badRecords++;
      return;
    }
    for (const call of this.#deduper.push(this.#identity.apply(observation.call))) this.#take(call);
  }

  finish(rest: Pick<SlotView, 'flows' | 'problems'>): SlotView {
    for (const call of this.#deduper.flush()) this.#take(call);
    this.#seen = new Map(this.#operations);
    this.#collapse();
    redactProfile(this.#profile, this.#options.redact ?? []);
    const sorted = [...this.#operations].sort(([a], [b]) => (a < b ? -1 : 1));
    const none = new ShownCalls();
    return {
      slot: this.#slot,
      calls: this.#calls,
      operations: new Map(sorted.map(([operation, { measure }]) => [operation, measure])),
      shown: (operation) => (this.#operations.get(operation)?.shown ?? none).show(operation),
      profile: this.#profile,
      revisions: this.#revisions,
      servesAs: this.#servesAs,
      unmeasured: this.#unmeasured,
      ...rest,
    };
  }

  /**
   * The family of each operation that was ever served: what was declined or failed each time may be
   * anything that somebody asked for.
   */
  served(): ReadonlyMap<string, string> {
    const served = new Map<string, string>();
    for (const [operation, { measure, family }] of this.#seen) {
      const { calls, failures, rejections } = measure;
      if (calls > failures + rejections) served.set(operation, family);
    }
    return served;
  }

  #take(call: Call): void {
    if (call.ts < this.#slot.start || call.ts > this.#slot.end) return;
    const target = targetOf(call);
    const operation = this.#naming.of(target);
    this.#calls++;
    this.#noteRevision(call);
    this.#noteOwner(call);
    this.#options.onCall?.({ call, target, operation });
    let measured = this.#operations.get(operation);
    if (!measured) {
      if (!this.#hasRoom(target, operation)) {
        this.#unmeasured++;
        return;
      }
      measured = newMeasured(operation, target);
      this.#operations.set(operation, measured);
    }
    this.#profile.observe(call, target);
    const ending = endingOf(call);
    measured.measure.observe(call, ending);
    measured.shown.observe(call, ending);
  }

  #hasRoom(target: Target, operation: string): boolean {
    const { size } = this.#operations;
    if (size < MAX_OPERATIONS) return true;
    return size < MAX_WITH_KNOWN && this.#naming.knows(familyKey(target), operation);
  }

  #noteRevision({ dst }: Call): void {
    const revision = revisionOf(dst);
    if (revision === undefined) return;
    let known = this.#revisions.get(dst.workload.name);
    if (!known) {
      known = new Set();
      this.#revisions.set(dst.workload.name, known);
    }
    if (known.size < MAX_REVISIONS) known.add(revision);
  }

  #noteOwner({ dst: { workload, namespace, pod, node, ip } }: Call): void {
    if (workload.kind !== 'service' || pod === undefined) return;
    const owner = workloadOf({
      service: undefined,
      pod,
      namespace,
      node,
      ip,
      host: undefined,
    }).name;
    const { name } = workload;
    const known = this.#servesAs.get(owner);
    if (owner === name || (known ?? name) < name || this.#servesAs.size >= MAX_OPERATIONS) return;
    this.#servesAs.set(owner, name);
  }

  /** Of families with more operations than are kept apart, the unknown ones become one operation each. */
  #collapse(): void {
    const families = Map.groupBy(this.#operations.values(), ({ family }) => family);
    for (const [family, members] of families) {
      const names = members.map(({ measure }) => measure.name.operation);
      const surplus = new Set(this.#naming.surplus(family, names));
      const some = members.filter(({ measure }) => surplus.has(measure.name.operation));
      const [first] = some;
      if (!first) continue;
      const operation = this.#naming.whole(first.target);
      const whole = this.#operations.get(operation) ?? newMeasured(operation, first.target);
      for (const { measure } of some) {
        whole.measure.merge(measure);
        this.#operations.delete(measure.name.operation);
      }
      this.#operations.set(operation, { ...whole, shown: first.shown });
    }
  }
}

function newMeasured(operation: string, target: Target): Measured {
  const { workload, protocol, mutation } = target;
  const measure = new OperationMeasure({ operation, workload, protocol, mutation });
  return { measure, shown: new ShownCalls(), family: familyKey(target), target };
}
