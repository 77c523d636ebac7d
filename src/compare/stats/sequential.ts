import type { Sketch } from '../../profile/sketch.ts';
import { logMean, logSumExp } from './log-mean.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { PolyaUrn } from './polya-urn.ts';

/** Shares of the baseline below each cut. */
const CUTS = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;
/** Shifts of all values, in standard deviations of normal scores. */
const SHIFTS = [0.35, 0.7, 1.1, 1.6] as const;
/** Rises of the log-odds to exceed a single cut. */
const RISES = [0.5, 1, 1.7, 2.6] as const;

/**
 * Anytime-valid evidence that new values tend to be larger than a sample's: an e-process, whose
 * chance of ever exceeding 1/α is at most α however often it is looked at (Ville 1939; Howard,
 * Ramdas, McAuliffe & Sekhon 2021, 'Time-uniform, nonparametric, nonasymptotic confidence
 * sequences'; for quantiles Howard & Ramdas 2022, 'Sequential estimation of quantiles with
 * applications to A/B testing'; for deployments Lindon, Sanden & Shirikian 2022, 'Rapid regression
 * detection in software deployments through sequential testing').
 *
 * The sample's order statistics cut the line into bins. Whatever the distribution, the mass between
 * them is Dirichlet distributed (Wilks 1962, §8.7), so where nothing differs the bins of new values
 * follow Pólya's urn: no share has to be estimated, and how little a small sample knows is part of
 * the test. Against the urn stands a mixture of alternatives (Robbins 1970): shifts of all values,
 * and heavier tails from each cut on.
 */
export class RankTest {
  /** Ascending, in the sketch's unit; cuts that fall together count once. */
  readonly edges: readonly number[];
  readonly #single: readonly Split[];
  readonly #chain: readonly Split[];

  constructor(base: Sketch) {
    const edges: number[] = [];
    const single: Split[] = [];
    const chain: Split[] = [];
    const spacings = base.count + 1;
    let open = spacings;
    for (const share of CUTS) {
      const edge = base.quantile(share);
      if (!(edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY))) continue;
      const above = base.countAbove(edge) + 1;
      edges.push(edge);
      single.push(new Split(above, spacings - above, RISES));
      chain.push(new Split(above, open - above, shiftRises(above / spacings, open / spacings)));
      open = above;
    }
    this.edges = edges;
    this.#single = single;
    this.#chain = chain;
  }

  /**
   * Log of the e-value, from how many of `n` new values exceed each edge, and of the values seen so
   * far alone: counts may be read as often as wanted.
   */
  logEvidence(exceeding: readonly number[], n: number): number {
    const single = this.#single.flatMap((split, i) => split.logEvidence(exceeding[i] as number, n));
    const shifted = SHIFTS.map(() => 0);
    this.#chain.forEach((split, i) => {
      const trials = i === 0 ? n : (exceeding[i - 1] as number);
      split.logEvidence(exceeding[i] as number, trials).forEach((log, j) => {
        shifted[j] = (shifted[j] as number) + log;
      });
    });
    return logSumExp([logMean(single), logMean(shifted)]) - Math.LN2;
  }
}

/**
 * One split against the urn. An alternative takes of the balls below only, so that evidence grows with
 * the successes alone: what gets faster is never held against a candidate.
 */
class Split {
  readonly #urn: PolyaUrn;
  readonly #alternatives: readonly PolyaUrn[];

  constructor(above: number, below: number, rises: readonly number[]) {
    this.#urn = new PolyaUrn(above, below);
    this.#alternatives = rises.map((rise) => new PolyaUrn(above, below * Math.exp(-rise)));
  }

  /** One an alternative. */
  logEvidence(k: number, n: number): number[] {
    const expected = this.#urn.logProbability(k, n);
    return this.#alternatives.map((urn) => urn.logProbability(k, n) - expected);
  }
}

/** What shifts by normal scores do to the log-odds to exceed a cut, given that the one before is. */
function shiftRises(share: number, before: number): number[] {
  return SHIFTS.map((shift) => {
    const shifted = shiftedShare(share, shift) / shiftedShare(before, shift);
    return Math.max(0, logit(shifted) - logit(share / before));
  });
}

function shiftedShare(share: number, shift: number): number {
  return share >= 1 ? 1 : 1 - normalCdf(normalQuantile(1 - share) - shift);
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
