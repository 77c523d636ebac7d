import type { Finding } from '../compare/finding.ts';
import { isMeantBy, isSamePattern } from './finding-pattern.ts';
import type { Acceptance, Policy } from './policy.ts';

/** Entries that did not do what they are for. Public JSON. */
export interface Acceptances {
  /** They fit no finding: what they accept is gone, or was never so. */
  readonly unused: readonly Acceptance[];
  /** Their last day is over: they accept nothing any more. */
  readonly expired: readonly Acceptance[];
  /** Proposed by the change that is judged: they count once it is merged or approved. */
  readonly untrusted: readonly Acceptance[];
}

export interface Accepted {
  /** As they were, those that are accepted with `accepted`. */
  readonly findings: readonly Finding[];
  readonly acceptances: Acceptances;
}

/**
 * Marks the findings that every file accepts on a day (YYYY-MM-DD, UTC); without a day none holds,
 * since nobody can say whether it still does.
 */
export function accept(
  findings: readonly Finding[],
  { allowances, untrusted }: Pick<Policy, 'allowances' | 'untrusted'>,
  today: string | undefined,
): Accepted {
  const holding = allowances.map((one) => one.accept.filter((entry) => holds(entry, today)));
  const marked = findings.map((finding): Finding => {
    const entries = holding.map((all) => all.find((entry) => isMeantBy(entry, finding)));
    const [first] = entries;
    if (first === undefined || entries.includes(undefined)) return finding;
    const days = entries.map((entry) => entry?.expires ?? first.expires).sort();
    return { ...finding, accepted: { ...termsOf(first), expires: days[0] ?? first.expires } };
  });
  const own = (allowances.at(-1) ?? allowances[0]).accept.filter(
    (entry) => !untrusted.includes(entry),
  );
  return {
    findings: marked,
    acceptances: {
      unused: own.filter(
        (entry) => holds(entry, today) && !findings.some((finding) => isMeantBy(entry, finding)),
      ),
      expired: own.filter((entry) => today !== undefined && !holds(entry, today)),
      untrusted,
    },
  };
}

/** Whether an entry means the same as one of these, for no longer: its words may differ. */
export function isCoveredBy(entry: Acceptance, others: readonly Acceptance[]): boolean {
  return others.some((one) => isSamePattern(one, entry) && one.expires >= entry.expires);
}

/** Dates of one form: their order is that of their texts. */
function holds({ expires }: Acceptance, today: string | undefined): boolean {
  return today !== undefined && today <= expires;
}

function termsOf({ reason, expires, by }: Acceptance): NonNullable<Finding['accepted']> {
  return { reason, expires, ...(by !== undefined && { by }) };
}
