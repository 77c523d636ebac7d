import { Encryption } from '../../profile/encryption.ts';
import type { ChildStats } from '../../profile/fanout-child-stats.ts';
import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding, Severity } from '../finding.ts';
import { shareShift } from '../share-shift.ts';
import type { Sides } from '../sides.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { count } from '../words.ts';
import { type Background, backgroundOf, type OwnCalls } from './background.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';

/** Of calls that tell: how many kept to a habit, and ids of some that did not. */
interface Kept {
  readonly kept: number;
  readonly all: number;
  readonly others: readonly string[];
}

/** The calls of an operation to one callee, on both sides. */
interface Made<S = ChildStats> extends Sides<S> {
  readonly operation: string;
  readonly callee: string;
}

interface Habit {
  readonly rule: 'call.auth-missing' | 'call.encryption-lost' | 'call.id-mismatched';
  /** It is one where so many (0…1) of the baseline's calls keep to it… */
  readonly always: number;
  /** …and lost where no more of the candidate's do. */
  readonly most: number;
  /** By the share of the candidate's calls that keep to it. */
  readonly severity: (share: number) => Severity;
  /** What the calls are that don't keep to it, after 'Calls X …', and in short. */
  readonly told: string;
  readonly note: string;
}

const CREDENTIAL: Habit = {
  rule: 'call.auth-missing',
  always: 0.95,
  most: 0.8,
  severity: () => 'breaking',
  told: 'without a credential',
  note: 'no credential',
};

const ENCRYPTION: Habit = {
  rule: 'call.encryption-lost',
  always: 1,
  most: 1,
  severity: () => 'breaking',
  told: 'without TLS',
  note: 'in plain text',
};

const SAME_ID: Habit = {
  rule: 'call.id-mismatched',
  always: 1,
  // Fewer may be calls whose cause was not seen…
  most: 0.8,
  // …and half of them can't be a matter of links.
  severity: (share) => (share <= 0.5 ? 'breaking' : 'warning'),
  told: 'about something else than it was asked for',
  note: 'names another id',
};
/** With so many different ids passed on, it is no chance that they are those asked for. */
const LEAST_THINGS = 4;

/**
 * What calls to a callee (nearly) always had and have no more: a credential, TLS, the id that was
 * asked for. `pairs`: every operation, its outcomes as one. Of background calls TLS alone is judged, by host.
 */
export function lostHabits(
  pairs: readonly OutcomePair[],
  background: Sides<Background>,
  minSamples: number,
): Finding[] {
  const made = pairs.flatMap(({ operation, base, cand }) =>
    [...base.children.values()].flatMap(({ name, stats }): Made[] => {
      const after = cand.children.get(name)?.stats;
      return after ? [{ operation, callee: name, base: stats, cand: after }] : [];
    }),
  );
  const lost = <S>(habit: Habit, calls: readonly Made<S>[], keptBy: (stats: S) => Kept) =>
    calls.flatMap((one) => lostHabit(habit, one, keptBy(one.base), keptBy(one.cand), minSamples));
  const manyThings = made.filter(({ base }) => base.ids.things >= LEAST_THINGS);
  return [
    ...lost(CREDENTIAL, made, withCredential),
    ...lost(ENCRYPTION, [...made, ...byHost(background)], encrypted),
    ...lost(SAME_ID, manyThings, aboutTheSame),
  ];
}

function withCredential({ authorization: { seen, present, without } }: ChildStats): Kept {
  return { kept: present, all: seen, others: without };
}

function encrypted({ encryption: { known, clear, examples } }: Pick<ChildStats, 'encryption'>) {
  return { kept: known - clear, all: known, others: examples };
}

function aboutTheSame({ ids: { passed, seen, others } }: ChildStats): Kept {
  return { kept: passed, all: seen, others };
}

/** Whether a connection is encrypted is a matter of the host, whatever it is asked. */
function byHost({ base, cand }: Sides<Background>) {
  return [...base].flatMap(([caller, before]) => {
    const after = encryptionByHost(cand.get(caller));
    return [...encryptionByHost(before)].flatMap(([callee, encryption]) => {
      const there = after.get(callee);
      const sides = there && { base: { encryption }, cand: { encryption: there } };
      return sides ? [{ operation: backgroundOf(caller), callee, ...sides }] : [];
    });
  });
}

function encryptionByHost(callees: ReadonlyMap<string, OwnCalls> = new Map()) {
  const hosts = new Map<string, Encryption>();
  for (const { family, stats } of callees.values()) {
    const host = hosts.get(family.workload) ?? new Encryption();
    host.merge(stats.encryption);
    hosts.set(family.workload, host);
  }
  return hosts;
}

function lostHabit(
  { rule, always, most, severity, told, note }: Habit,
  { operation, callee }: Pick<Made, 'operation' | 'callee'>,
  before: Kept,
  after: Kept,
  minSamples: number,
): Finding[] {
  if (Math.min(before.all, after.all) < minSamples) return [];
  const share = after.kept / after.all;
  if (before.kept / before.all < always || share > most) return [];
  const [were, are] = [before.all - before.kept, after.all - after.kept];
  const chance = fisherExactGreater({ some: are, all: after.all }, { some: were, all: before.all });
  if (chance > FALSE_ALARMS) return [];
  const earlier =
    were === 0 ? `never before in ${before.all}` : `before in ${count(were, before.all)}`;
  return [
    {
      rule,
      category: 'behaviour',
      severity: severity(share),
      operation,
      path: callee,
      summary: `Calls ${callee} ${told} in ${count(are, after.all)} calls; ${earlier}.`,
      baseline: before.kept / before.all,
      candidate: share,
      ...shareShift({ some: before.kept, all: before.all }, { some: after.kept, all: after.all }),
      evidence: callEvidence(after.others, 'candidate', note),
    },
  ];
}
