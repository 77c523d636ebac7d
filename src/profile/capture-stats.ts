import type { Body, Call } from '../calls/call.ts';
import type { CaptureProblem, SourceKind } from '../calls/observation.ts';
import { byCodeUnit, type Json } from '../support/json.ts';
import { seenOnly } from './body-counts.ts';
import { Clocks } from './capture-clocks.ts';
import { Spans } from './capture-spans.ts';
import { Talks } from './capture-talks.ts';
import { Timeline } from './capture-timeline.ts';
import { Views } from './capture-views.ts';
import { CaptureWindows } from './capture-windows.ts';

const BODY_STATES = ['absent', 'whole', 'binary', 'cut', 'redacted', 'unseen'] as const;
const MAX_PROBLEMS = 100;

/** How whole a capture was; mergeable. */
export class CaptureStats {
  calls = 0;
  duplicates = 0;
  badRecords = 0;
  /** Unix ms. */
  start: number | null = null;
  end: number | null = null;
  readonly bodies: Record<Body['state'], number> = {
    absent: 0,
    whole: 0,
    binary: 0,
    cut: 0,
    redacted: 0,
    unseen: 0,
  };
  /** What kinds of source it was read from, where that is known. */
  readonly sources = new Set<SourceKind>();
  readonly windows = new CaptureWindows();
  readonly timeline = new Timeline();
  readonly views = new Views();
  readonly clocks = new Clocks();
  readonly spans = new Spans();
  readonly talks = new Talks();
  #problems = new Map<string, CaptureProblem>();

  get problems(): readonly CaptureProblem[] {
    return [...this.#problems]
      .sort((a, b) => byCodeUnit(a[0], b[0]))
      .slice(0, MAX_PROBLEMS)
      .map(([, problem]) => problem);
  }

  observe(call: Call): void {
    this.calls++;
    // Whole milliseconds: some sources tell parts of them.
    this.#span(Math.floor(call.ts), Math.ceil(call.ts));
    this.bodies[call.requestBody.state]++;
    this.bodies[call.responseBody.state]++;
    this.timeline.observe(call);
    this.views.observe(call);
    this.clocks.observe(call);
    this.spans.observe(call);
  }

  addProblem(problem: CaptureProblem): void {
    this.#problems.set(`${problem.code} ${problem.message}`, problem);
  }

  merge(other: CaptureStats): void {
    this.calls += other.calls;
    this.duplicates += other.duplicates;
    this.badRecords += other.badRecords;
    if (other.start !== null && other.end !== null) this.#span(other.start, other.end);
    for (const state of BODY_STATES) this.bodies[state] += other.bodies[state];
    for (const problem of other.problems) this.addProblem(problem);
    for (const source of other.sources) this.sources.add(source);
    this.windows.merge(other.windows);
    this.timeline.merge(other.timeline);
    this.views.merge(other.views);
    this.clocks.merge(other.clocks);
    this.spans.merge(other.spans);
    this.talks.merge(other.talks);
  }

  toJSON(): Json {
    return {
      calls: this.calls,
      duplicates: this.duplicates,
      badRecords: this.badRecords,
      start: this.start,
      end: this.end,
      bodies: seenOnly(this.bodies),
      problems: this.problems.map(({ code, message }) => ({ code, message })),
      ...(this.sources.size > 0 && { sources: [...this.sources].sort(byCodeUnit) }),
      windows: this.windows.toJSON(),
      timeline: this.timeline.toJSON(),
      views: this.views.toJSON(),
      clocks: this.clocks.toJSON(),
      ...(this.talks.known.length > 0 && { talks: this.talks.toJSON() }),
      ...(this.spans.known.length > 0 && { spans: this.spans.toJSON() }),
    };
  }

  #span(start: number, end: number): void {
    this.start = this.start === null ? start : Math.min(this.start, start);
    this.end = this.end === null ? end : Math.max(this.end, end);
  }
}
