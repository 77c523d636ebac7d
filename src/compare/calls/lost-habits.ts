import { Encryption } from '../../profile/encryption.ts';
import type { ChildStats } from '../../profile/fanout-child-stats.ts';
import type { Finding } from '../finding.ts';
import type { Sides } from '../sides.ts';
import { type Background, backgroundOf, type OwnCalls } from './background.ts';
import {
  BY_LINKS,
  type Habit,
  type Kept,
  keptOf,
  lostHabit,
  type Made,
  madeOnBothSides,
} from './habit.ts';
import type { OutcomePair } from './pair.ts';

const CREDENTIAL: Habit = {
  rule: 'call.auth-missing',
  always: 0.95,
  most: 0.8,
  severity: () => 'breaking',
  told: (callee) => `Calls ${callee} without a credential`,
  note: 'no credential',
};

const ENCRYPTION: Habit = {
  rule: 'call.encryption-lost',
  always: 1,
  most: 1,
  severity: () => 'breaking',
  told: (callee) => `Calls ${callee} without TLS`,
  note: 'in plain text',
};

const SAME_ID: Habit = {
  rule: 'call.id-mismatched',
  always: 1,
  ...BY_LINKS,
  told: (callee) => `Calls ${callee} about something else than it was asked for`,
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
  const made = madeOnBothSides(pairs);
  const lost = <S>(habit: Habit, calls: readonly Made<S>[], keptBy: (stats: S) => Kept) =>
    calls.flatMap(
      (one) =>
        lostHabit(habit, one, { base: keptBy(one.base), cand: keptBy(one.cand) }, minSamples) ?? [],
    );
  const manyThings = made.filter(({ base }) => base.passed.ids.things >= LEAST_THINGS);
  return [
    ...lost(CREDENTIAL, made, withCredential),
    ...lost(ENCRYPTION, [...made, ...byHost(background)], encrypted),
    ...lost(SAME_ID, manyThings, ({ passed }) => keptOf(passed.ids)),
  ];
}

function withCredential({ authorization: { seen, present, without } }: ChildStats): Kept {
  return { kept: present, all: seen, others: without };
}

function encrypted({ encryption: { known, clear, examples } }: Pick<ChildStats, 'encryption'>) {
  return { kept: known - clear, all: known, others: examples };
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
