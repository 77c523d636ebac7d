import type { Call } from '../calls/call.ts';
import { DEDUPE_REACH_MS, Deduper } from '../calls/dedupe.ts';
import { Identity, type IdentityRule } from '../calls/identity.ts';
import type { Capture, Observation } from '../calls/observation.ts';
import { type Target, targetOf } from '../calls/target.ts';
import { CLOCK_SLACK } from '../graph/candidates.ts';
import { ForLinking } from '../graph/for-linking.ts';
import { linkBlock } from '../graph/link.ts';
import { BLOCK_MS, LINK_MARGIN_MS, neighbourhood } from '../graph/neighbourhood.ts';
import { decodeCall } from './decoded-call.ts';
import { Profile } from './profile.ts';
import { redactProfile } from './redact-profile.ts';
import { saidIn } from './said.ts';
import { SeenCall } from './seen-call.ts';
import { sharedTargets } from './shared-targets.ts';

/**
 * How much time before and after its own slice a shard must read: the neighbouring block on either
 * side, that block's own margin, and the reach of deduplication.
 */
export const SHARD_MARGIN_MS = 2 * BLOCK_MS + LINK_MARGIN_MS + DEDUPE_REACH_MS;

export interface Link {
  readonly call: Call;
  readonly parent: Call | null;
  readonly confidence: number;
}

export interface ProfilerOptions {
  /** Which times (Unix ms) are counted; the rest is read for its neighbourhood only. Default: all. */
  readonly owns?: (ts: number) => boolean;
  /** Told of each counted call. */
  readonly onCall?: (call: Call, target: Target) => void;
  /** Told of each link decided for a counted call; of the calls it holds no answers. */
  readonly onLink?: (link: Link) => void;
  /** The calls are one capture from the first to the last, though nobody says when it was. */
  readonly oneCapture?: boolean;
  /** Links are drawn from so many chains at most: one is quick, and a little less sure. */
  readonly mostChains?: number;
  /** Rules that name workloads. */
  readonly identity?: readonly IdentityRule[];
  /** Names of fields and headers of which no values are kept. */
  readonly redact?: readonly string[];
}

/**
 * Turns calls in time order into a profile, in one pass: deduplicates, counts, links each block of
 * time, and gives every handled call its fan-out. Memory holds three blocks of calls at most.
 */
export class Profiler {
  readonly #profile = new Profile();
  readonly #deduper = new Deduper();
  readonly #owns: (ts: number) => boolean;
  readonly #options: ProfilerOptions;
  readonly #identity: Identity;
  readonly #forLinking = new ForLinking();
  readonly #targets = sharedTargets();
  /** Sorted by (ts, id): from the margin before the open block on. */
  #window: SeenCall[] = [];
  /** Handled calls whose children may still come. */
  #open: SeenCall[] = [];
  #block: number | undefined;
  #now = Number.NEGATIVE_INFINITY;
  #badBeforeFirst = 0;

  constructor(options: ProfilerOptions = {}) {
    this.#options = options;
    this.#identity = new Identity(options.identity ?? []);
    this.#owns = options.owns ?? (() => true);
  }

  /** Takes the next observation; calls must come in time order (ties in any order). */
  push(observation: Observation): void {
    if (observation.kind === 'bad') {
      this.#bad(observation.ts);
      return;
    }
    const { ts } = observation.call;
    this.#now = ts;
    if (this.#badBeforeFirst > 0) {
      if (this.#owns(ts)) this.#profile.capture.badRecords += this.#badBeforeFirst;
      this.#badBeforeFirst = 0;
    }
    const named = this.#identity.apply(observation.call);
    for (const call of this.#deduper.push(named)) this.#take(call);
  }

  /** Ends the capture and returns its profile. */
  finish(): Profile {
    for (const call of this.#deduper.flush()) this.#take(call);
    this.#linkUpTo(Number.POSITIVE_INFINITY);
    this.#close(Number.POSITIVE_INFINITY);
    this.#profile.capture.badRecords += this.#badBeforeFirst;
    this.#countDuplicates();
    redactProfile(this.#profile, this.#options.redact ?? []);
    return this.#profile;
  }

  #bad(ts: number | undefined): void {
    if (ts !== undefined) {
      if (this.#owns(ts)) this.#profile.capture.badRecords++;
    } else if (this.#now === Number.NEGATIVE_INFINITY) this.#badBeforeFirst++;
    else if (this.#owns(this.#now)) this.#profile.capture.badRecords++;
  }

  #take(call: Call): void {
    const target = targetOf(call);
    const decoded = decodeCall(call);
    const said = saidIn(call, decoded);
    if (this.#owns(call.ts)) {
      this.#profile.observe(call, target, decoded, said);
      this.#options.onCall?.(call, target);
    }
    this.#linkUpTo(call.ts - LINK_MARGIN_MS);
    const seen = new SeenCall(this.#forLinking.of(call), this.#targets.of(target), said);
    this.#window.push(seen);
    this.#open.push(seen);
    this.#block ??= blockOf(call.ts);
  }

  #countDuplicates(): void {
    for (const ts of this.#deduper.duplicateTimes()) {
      if (this.#owns(ts)) this.#profile.capture.duplicates++;
    }
  }

  /** Links every block that ends by `time`. */
  #linkUpTo(time: number): void {
    while (this.#block !== undefined && (this.#block + 1) * BLOCK_MS <= time) {
      this.#countDuplicates();
      this.#link(this.#block);
      this.#close(this.#block);
      const end = (this.#block + 1) * BLOCK_MS;
      const next = this.#window.find((seen) => seen.call.ts >= end);
      this.#block = next && blockOf(next.call.ts);
      const keepFrom = (this.#block ?? blockOf(end)) * BLOCK_MS - LINK_MARGIN_MS;
      this.#window = this.#window.filter((seen) => seen.call.ts >= keepFrom);
    }
  }

  #link(block: number): void {
    const from = block * BLOCK_MS;
    const to = from + BLOCK_MS;
    const near = neighbourhood(this.#window, ({ call }) => call, from, to);
    if (!near.some(({ call }) => this.#owns(call.ts))) return;
    const calls = near.map(({ call }) => call);
    const targets = near.map(({ target }) => target);
    const links = linkBlock(calls, from, to, targets, this.#options.mostChains);
    for (const { child, parent, confidence, shares } of links) {
      const { call, target, said } = near[child] as SeenCall;
      const cause = parent === null ? undefined : (near[parent] as SeenCall);
      cause?.addChild({ call, target, confidence, said });
      if (!shares) cause?.addPossible({ target, share: 1 });
      else for (const [i, share] of shares) near[i]?.addPossible({ target, share });
      if (!this.#owns(call.ts)) continue;
      const lead = (cause?.call.ts ?? call.ts) - call.ts;
      if (cause && lead > CLOCK_SLACK) {
        this.#profile.capture.clocks.observeEarly(cause.call, call, lead);
      }
      this.#options.onLink?.({ call, parent: cause?.call ?? null, confidence });
      if (!cause) this.#profile.background.observe(call, target);
    }
  }

  /** Gives their fan-outs to the handled calls of the blocks before `block`: no child can come any more. */
  #close(block: number): void {
    let closed = 0;
    for (const { call, target, said, children, possible } of this.#open) {
      if (blockOf(call.ts) >= block) break;
      closed++;
      if (this.#owns(call.ts)) {
        this.#profile.operation(target).fanout.observe(call, children, possible, said);
      }
    }
    this.#open.splice(0, closed);
  }
}

/** Profiles a whole capture; its problems become the profile's. */
export async function profileCapture(
  capture: Capture,
  options: ProfilerOptions = {},
): Promise<Profile> {
  const profiler = new Profiler(options);
  for await (const batch of capture.batches) for (const seen of batch) profiler.push(seen);
  const profile = profiler.finish();
  const { start, end } = profile.capture;
  for (const problem of capture.problems) profile.capture.addProblem(problem);
  const identity = new Identity(options.identity ?? []);
  for (const { ends, ...counts } of capture.talks ?? []) {
    profile.capture.talks.observe(identity.apply(ends), counts);
  }
  if (capture.source) profile.capture.sources.add(capture.source);
  if (capture.window) profile.capture.windows.add(capture.window);
  else if (options.oneCapture && start !== null && end !== null) {
    profile.capture.windows.add({ start, end });
  }
  return profile;
}

function blockOf(ts: number): number {
  return Math.floor(ts / BLOCK_MS);
}
