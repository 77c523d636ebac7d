import fc from 'fast-check';
import type { Finding } from '../../src/compare/finding.ts';
import type { RuleId } from '../../src/compare/rules.ts';
import { type Acceptance, type Policy, policyOf } from '../../src/verdict/policy.ts';
import { finding } from '../support/judgements.ts';

const ids = [
  'schema.field-removed',
  'schema.field-added',
  'call.missing',
  'coverage.required-missing',
] as const satisfies readonly RuleId[];
const operations = ['orders GET /a', 'orders GET /b', 'users GET /a'] as const;
const severities = ['breaking', 'warning', 'info'] as const;

const ruleRef = fc.constantFrom<string>(...ids, 'schema.*', 'call.*', 'schema.field-*');
const operationRef = fc.constantFrom<string>(...operations, 'orders *', '*');
const pathRef = fc.constantFrom<string | undefined>(undefined, '/x', '/*');

export const acceptances: fc.Arbitrary<Acceptance> = fc.record({
  rule: ruleRef,
  operation: operationRef,
  path: pathRef,
  reason: fc.constantFrom('meant', 'known'),
  expires: fc.constantFrom('2023-11-13', '2023-11-14', '2023-11-15'),
});

const ignores = fc.record({
  rule: fc.option(ruleRef, { nil: undefined }),
  operation: operationRef,
  path: pathRef,
  reason: fc.constant('noise of probes'),
});

const levels = fc.record({
  rule: ruleRef,
  level: fc.constantFrom('breaking', 'warning', 'info', 'off'),
});

/** What a file may say. */
export const policies: fc.Arbitrary<Policy> = fc
  .record({
    rules: fc.uniqueArray(levels, { maxLength: 3, selector: ({ rule }) => rule }),
    ignore: fc.array(ignores, { maxLength: 2 }),
    accept: fc.array(acceptances, { maxLength: 4 }),
    minCoverage: fc.constantFrom(0.5, 0.9, 1),
  })
  .map(({ minCoverage, ...allowances }) => policyOf(allowances, minCoverage));

/** What a comparison may find. */
export const findings: fc.Arbitrary<Finding[]> = fc.array(
  fc
    .record({
      rule: fc.constantFrom(...ids),
      operation: fc.constantFrom(...operations),
      path: fc.constantFrom('/x', '/y'),
      severity: fc.constantFrom(...severities),
      weakened: fc.constantFrom(undefined, 'noise' as const, 'unfinished' as const),
    })
    .map(({ weakened, ...given }) => finding({ ...given, ...(weakened && { weakened }) })),
  { maxLength: 6 },
);
