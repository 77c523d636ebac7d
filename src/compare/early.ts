import { nameCalleeCauses } from './causes/callees.ts';
import { foldEffects } from './causes/fold.ts';
import type { Comparison } from './compare.ts';
import { doubted } from './doubt.ts';
import type { Finding } from './finding.ts';
import { findingId } from './finding-id.ts';
import { setNoiseAside } from './noise.ts';
import { sequentialRegressions } from './sequential.ts';
import { findingOf } from './sequential-finding.ts';
import { byWeight } from './severity.ts';
import type { Thresholds } from './thresholds.ts';

/** Families that the sequential test decides. */
const TESTED = /^(?:latency\.|error\.(?:new-status|rate-increased)$)/;
/** What depends on neither odds nor links, and counts as soon as it lasts. */
const STRUCTURAL = /^(?:schema\.|header\.|error\.new-code$|call\.new-destination$)/;
/** So many times its first samples a structural finding must last. */
const LASTING = 2;

/**
 * What breaks beyond doubt in a candidate whose window still runs. Latencies and errors are decided by
 * a test that may be asked often; structure when it still breaks with twice the samples that it was
 * first seen with. The rest of what a comparison calls breaking waits for the end, as a warning.
 */
export class EarlyFindings {
  readonly #noise: readonly Finding[];
  readonly #thresholds: Thresholds | undefined;
  /** Samples at which each structural finding was first seen, without a break since. */
  #first = new Map<string, number>();

  /** `noise`: what differs inside the baseline. */
  constructor(noise: readonly Finding[], thresholds?: Thresholds) {
    this.#noise = noise;
    this.#thresholds = thresholds;
  }

  /** Takes the comparison of another look, of the same candidate with more calls. */
  look({ findings, pairing }: Comparison): Finding[] {
    const { pairs } = pairing;
    const regressions = sequentialRegressions(pairs, this.#thresholds);
    const certain = setNoiseAside(regressions.map(findingOf), this.#noise);
    const lasting = this.#lasting(findings);
    const decided = new Set(certain.map(({ category, operation }) => `${category} ${operation}`));
    const others = findings
      .filter(({ rule, category, operation }) => {
        return !(TESTED.test(rule) && decided.has(`${category} ${operation}`));
      })
      .map((finding) => (lasting.has(finding) ? finding : notYet(finding)));
    return [...foldEffects(nameCalleeCauses(certain, pairing)), ...others].sort(byWeight);
  }

  #lasting(findings: readonly Finding[]): ReadonlySet<Finding> {
    const before = this.#first;
    this.#first = new Map();
    const lasting = new Set<Finding>();
    for (const finding of findings) {
      if (finding.severity !== 'breaking' || !STRUCTURAL.test(finding.rule)) continue;
      const id = findingId(finding);
      const samples = finding.samples.candidate;
      const first = before.get(id) ?? samples;
      this.#first.set(id, first);
      if (samples >= LASTING * first) lasting.add(finding);
    }
    return lasting;
  }
}

function notYet(finding: Finding): Finding {
  if (finding.severity !== 'breaking') return { ...finding, weakened: 'unfinished' };
  const words = 'Not certain yet: the window still ran.';
  return { ...doubted(finding, { words }), weakened: 'unfinished' };
}
