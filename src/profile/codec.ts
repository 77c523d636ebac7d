import { z } from 'zod';
import type { Json } from '../support/json.ts';
import { Clocks } from './capture-clocks.ts';
import { Spans } from './capture-spans.ts';
import { Talks } from './capture-talks.ts';
import { Timeline } from './capture-timeline.ts';
import { Views } from './capture-views.ts';
import { CaptureWindows } from './capture-windows.ts';
import { MAX_FAMILIES } from './families.ts';
import { EdgeTotals } from './fanout-edges.ts';
import { asItIs, upgraded, type Versions } from './format-version.ts';
import { OperationStats, operationStats } from './operation-stats.ts';
import { Profile } from './profile.ts';
import { MAX_SLOTS, TimeGrid } from './time-cells.ts';

const VERSION = 1;
/** A new version keeps the older ones here, each with what makes a current profile of it. */
const VERSIONS: Versions = new Map([[VERSION, asItIs]]);

const count = z.number().int().nonnegative();
const short = z.string().max(4096);
const head = z.strictObject({
  wireproof: z.literal('profile'),
  version: z.literal(VERSION),
  capture: z.strictObject({
    calls: count,
    duplicates: count,
    badRecords: count,
    start: z.number().nullable(),
    end: z.number().nullable(),
    bodies: z.strictObject({
      absent: count,
      whole: count,
      binary: count,
      cut: count,
      redacted: count,
      unseen: count.default(0),
    }),
    problems: z
      .array(
        z.strictObject({
          code: z.enum([
            'no-calls',
            'incomplete',
            'dissection-off',
            'outside-boundaries',
            'undissected-flows',
            'bad-records',
            'bodies-unknown',
            'hole',
            'node-blind',
            'clock-skew',
            'clock-set',
            'other-source',
            'spans-lost',
          ]),
          message: short,
        }),
      )
      .max(100),
    sources: z
      .array(z.enum(['calls', 'har', 'packets', 'traces']))
      .max(4)
      .default([]),
    windows: z.unknown(),
    timeline: z.unknown(),
    views: z.unknown(),
    clocks: z.unknown(),
    spans: z.unknown().default([]),
    talks: z.unknown().default([]),
  }),
  grid: z.strictObject({
    level: count.max(40),
    slots: z.array(z.number().int()).max(MAX_SLOTS),
  }),
  families: z
    .array(
      z.strictObject({
        workload: short,
        protocol: short,
        method: short,
        separator: z.enum(['/', ':', '.', '']),
        mutation: z.boolean(),
        operations: z.array(z.tuple([z.array(short).max(1000), z.unknown()])),
      }),
    )
    .max(MAX_FAMILIES + 1),
  background: z.unknown(),
});

/** The profile as canonical JSON: the same calls give the same bytes. */
export function encodeProfile(profile: Profile): string {
  return `${JSON.stringify({ wireproof: 'profile', version: VERSION, ...contentOf(profile) })}\n`;
}

function contentOf(profile: Profile) {
  return {
    capture: profile.capture.toJSON(),
    grid: { level: profile.grid.level, slots: profile.grid.slots },
    families: profile.families.map(({ family, operations }) => ({
      workload: family.workload,
      protocol: family.protocol,
      method: family.method,
      separator: family.separator,
      mutation: family.mutation,
      operations: operations.toJSON((stats) => stats.toJSON()),
    })),
    background: profile.background.toJSON(),
  };
}

/**
 * Reads what `encodeProfile` wrote. The text may come from a stranger: sizes are bounded and every
 * part is checked. Throws RangeError with the reason.
 */
export function decodeProfile(text: string): Profile {
  return profileOf(parseJson(text));
}

/** Parses JSON. Throws RangeError. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RangeError('it is not JSON', { cause });
  }
}

/** The same from JSON that is parsed already. */
export function profileOf(json: unknown): Profile {
  const parsed = head.safeParse(upgraded(json, 'version', VERSIONS));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RangeError(`${issue?.path.join('.') || 'top level'}: ${issue?.message}`);
  }
  const { capture, grid, families, background } = parsed.data;
  const profile = new Profile(new TimeGrid(grid.level, grid.slots));
  profile.capture.calls = capture.calls;
  profile.capture.duplicates = capture.duplicates;
  profile.capture.badRecords = capture.badRecords;
  profile.capture.start = capture.start;
  profile.capture.end = capture.end;
  Object.assign(profile.capture.bodies, capture.bodies);
  for (const problem of capture.problems) profile.capture.addProblem(problem);
  for (const source of capture.sources) profile.capture.sources.add(source);
  profile.capture.windows.merge(CaptureWindows.fromJSON(capture.windows as Json));
  profile.capture.timeline.merge(Timeline.fromJSON(capture.timeline as Json));
  profile.capture.views.merge(Views.fromJSON(capture.views as Json));
  profile.capture.clocks.merge(Clocks.fromJSON(capture.clocks as Json));
  profile.capture.talks.merge(Talks.fromJSON(capture.talks as Json));
  profile.capture.spans.merge(Spans.fromJSON(capture.spans as Json));
  for (const { operations, ...family } of families) {
    for (const [segments, stats] of operations) {
      operationStats.merge(profile.at(family, segments), OperationStats.fromJSON(stats as Json));
    }
  }
  profile.background.merge(EdgeTotals.fromJSON(background as Json));
  return profile;
}
