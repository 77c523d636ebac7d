import type { Finding } from '../../src/compare/finding.ts';

export interface Expectation {
  readonly category: Finding['category'];
  readonly operation: RegExp;
  /** What version 2 does there. */
  readonly change: string;
}

/** What version 2 must be blamed for: one regression of each category, at its operation. */
export const expectations: readonly Expectation[] = [
  {
    category: 'schema-change',
    operation: /^orders GET \/orders\/\{[^}]+\}$/,
    change: 'the order has lost its currency',
  },
  {
    category: 'new-error',
    operation: /^inventory GET \/products\/\{[^}]+\}$/,
    change: 'discounted products answer 500',
  },
  {
    category: 'performance',
    operation: /^inventory GET \/search$/,
    change: '3 of 10 searches take 150 ms longer',
  },
  {
    category: 'behaviour',
    operation: /^orders GET \/carts\/\{[^}]+\}$/,
    change: '3 database queries instead of 1',
  },
  {
    category: 'missing-call',
    operation: /^orders POST \/orders$/,
    change: 'checkout no longer tells audit',
  },
  {
    category: 'extra-call',
    operation: /^payment POST \/charges$/,
    change: 'payment calls an advertising tracker outside',
  },
];

/** The breaking finding that meets an expectation, if there is one. */
export function findingFor(
  { category, operation }: Expectation,
  findings: readonly Finding[],
): Finding | undefined {
  return findings.find(
    (finding) =>
      finding.severity === 'breaking' &&
      finding.category === category &&
      operation.test(finding.operation),
  );
}
