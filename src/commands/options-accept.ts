import type { OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** What the verb `accept` writes, and which findings it means. */
export const ACCEPT_OPTIONS = {
  reason: {
    schema: values.text,
    value: 'TEXT',
    input: false,
    verbs: ['accept'],
    help: 'why the differences are meant (needed)',
  },
  expires: {
    schema: values.day,
    value: 'DATE',
    input: false,
    verbs: ['accept'],
    help: 'the last day on which they are accepted, UTC (needed)',
  },
  by: {
    schema: values.text,
    value: 'NAME',
    input: false,
    verbs: ['accept'],
    help: 'who accepts them',
  },
  rule: {
    schema: values.text,
    value: 'RULE',
    input: false,
    verbs: ['accept'],
    help: 'only the findings of this rule, warnings too; * is any text (breaking findings of all)',
  },
  operation: {
    schema: values.text,
    value: 'OPERATION',
    input: false,
    verbs: ['accept'],
    help: 'only the findings of this operation; * is any text',
  },
} as const satisfies Record<string, OptionSpec>;
