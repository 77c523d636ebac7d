import type { CaptureProblem } from '../calls/observation.ts';
import type { GapRole } from '../calls/span-gaps.ts';
import { fisherExactGreater } from '../compare/stats/exact.ts';
import type { SpansOf } from '../profile/capture-spans.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { grouped } from '../support/quantity.ts';

/** Spans of one kind that are missing by themselves say nothing below this share; all together, below that. */
const LEAST_SHARE = 0.05;
const LEAST_IN_ALL = 0.01;
const LEAST_LOST = 5;
/** Chance of so many more than in the other capture, were nothing lost. */
const CHANCE = 1e-3;
const MOST_NAMED = 3;

const WHOSE: Readonly<Record<GapRole, string>> = {
  handled: 'of what it handles in',
  caller: 'of the callers of',
  callee: 'of the callee in answered calls to',
};

type Traced = Pick<CaptureStats, 'spans'>;

/** Spans that should be there, by role and workload, of which the other capture lacks fewer. */
interface Loss {
  readonly role: GapRole;
  readonly workload: string;
  readonly lost: number;
  readonly of: number;
  /** Share that is missing beyond the other capture's. */
  readonly share: number;
  readonly isSure: boolean;
}

/**
 * Spans that are missing from traces where those of the other capture are there. What is missing alike
 * in both (callers and callees without instrumentation, spans that a filter lets go) is how the traces
 * are.
 */
export function lostSpans(mine: Traced, other: Traced): CaptureProblem[] {
  const { worst, all } = lossesOf(mine, other);
  if (worst.length === 0) return [];
  const named = worst
    .slice(0, MOST_NAMED)
    .map(
      ({ role, workload, lost, of }) =>
        `${grouped(lost)} of ${grouped(of)} ${WHOSE[role]} ${workload}`,
    );
  const more = worst.length > MOST_NAMED ? ', …' : '';
  const message =
    `spans are missing from its traces that are there in the other capture, ${grouped(all.lost)} of ${grouped(all.of)} around calls ` +
    `(${named.join(', ')}${more}): a collector or an exporter dropped them, single spans were sampled, or a service ` +
    'is no longer instrumented; let queues be larger, and sample whole traces';
  return [{ code: 'spans-lost', message }];
}

/** The largest share of spans of a kind that one capture lacks and the other does not. */
export function lostShare(base: Traced, cand: Traced): number {
  const worst = [...lossesOf(base, cand).worst, ...lossesOf(cand, base).worst];
  return Math.max(0, ...worst.map(({ share }) => share));
}

function lossesOf(mine: Traced, other: Traced): { worst: readonly Loss[]; all: Loss } {
  const usual = new Map(other.spans.known.map((one) => [`${one.role} ${one.workload}`, one]));
  const all = { mine: { there: 0, lost: 0 }, usual: { there: 0, lost: 0 } };
  const found: Loss[] = [];
  for (const now of mine.spans.known) {
    const before = usual.get(`${now.role} ${now.workload}`);
    // Who is never seen at the other end has no instrumentation.
    if (!before || before.there === 0) continue;
    for (const state of ['there', 'lost'] as const) {
      all.mine[state] += now[state];
      all.usual[state] += before[state];
    }
    found.push({ ...now, ...differenceOf(now, before) });
  }
  const whole: Loss = { role: 'handled', workload: '', ...differenceOf(all.mine, all.usual) };
  const isWhole = !whole.isSure || whole.share < LEAST_IN_ALL;
  const worst = found
    .filter(({ share, isSure }) => (isWhole ? isSure && share >= LEAST_SHARE : share > 0))
    .sort((a, b) => b.share - a.share);
  return { worst, all: whole };
}

type Count = Pick<SpansOf, 'there' | 'lost'>;

/** How much more is missing than before, and whether chance does not explain it. */
function differenceOf(now: Count, before: Count): Pick<Loss, 'lost' | 'of' | 'share' | 'isSure'> {
  const [of, had] = [now.there + now.lost, before.there + before.lost];
  const share = of === 0 || had === 0 ? 0 : now.lost / of - before.lost / had;
  const chance = () =>
    fisherExactGreater({ some: now.lost, all: of }, { some: before.lost, all: had });
  const isSure = now.lost >= LEAST_LOST && chance() <= CHANCE;
  return { lost: now.lost, of, share, isSure };
}
