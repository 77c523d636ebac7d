import type { CaptureProblem } from '../calls/observation.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { grouped, iso, seconds } from '../support/quantity.ts';
import { type Silence, silencesOf } from './silences.ts';

/** A shorter silence (ms) hides less than a restarted worker does. */
const SHORTEST_MS = 10_000;
/** Chance, by the capture's own quiet moments, of one such silence anywhere in it. */
const CHANCE = 1e-6;
/** So many times the next longest silence. */
const TIMES_NEXT = 4;
/** Chance, by how the other long silences are spread, of one so much longer: bursty traffic has them. */
const CHANCE_BY_TAIL = 0.005;
/** Share of the calls that lie before, and after: less is a set-up before the scenario. */
const LEAST_BESIDE = 0.05;
/** A hole of this share of the length in the other capture: the scenario pauses there. */
const SAME_PAUSE = 1 / 3;

/** Silences far beyond what the capture's own traffic makes likely: of all of it, else of single nodes. */
export function holesOf(stats: CaptureStats): Silence[] {
  const { timeline } = stats;
  const whole = silencesOf(timeline.whole, stats).filter(isHole);
  if (whole.length > 0) return whole;
  return timeline.nodes.flatMap(([node, cells]) => silencesOf(cells, stats, node).filter(isHole));
}

function isHole(silence: Silence): boolean {
  const { ms, next, decay, before, after, cells, quiet, width } = silence;
  return (
    ms >= Math.max(SHORTEST_MS, TIMES_NEXT * next) &&
    (next === 0 || (ms / next) ** -decay <= CHANCE_BY_TAIL) &&
    Math.min(before, after) >= (before + after) * LEAST_BESIDE &&
    cells * quiet ** (ms / width) <= CHANCE
  );
}

/** The longest silence of all traffic within a window. */
export function longestSilence(stats: CaptureStats): { start: number; ms: number } | undefined {
  return silencesOf(stats.timeline.whole, stats)
    .map(({ start, ms }) => ({ start, ms }))
    .reduce<{ start: number; ms: number } | undefined>(
      (most, one) => (most && most.ms >= one.ms ? most : one),
      undefined,
    );
}

/** The holes of one capture, but for pauses that the other one has as well. */
export function holeProblems(
  holes: readonly Silence[],
  others: readonly Silence[],
): CaptureProblem[] {
  const isUsual = ({ node, ms }: Silence) =>
    others.some((other) => !other.node === !node && other.ms >= ms * SAME_PAUSE);
  return holes.filter((hole) => !isUsual(hole)).map(problemOf);
}

function problemOf({ node, start, ms, next, before, after, cells, width }: Silence) {
  const who = node === undefined ? 'no call' : `${node} saw no call`;
  const expected = Math.round(((before + after) / cells) * (ms / width));
  return {
    code: 'hole',
    message:
      `a hole of ${seconds(ms)} from ${iso(start)}: ${who} where about ` +
      `${grouped(expected)} were to be expected (longest other silence: ${next === 0 ? 'none' : seconds(next)}); ` +
      'a worker that restarted, dissection that went off, or lost packets',
  } as const;
}
