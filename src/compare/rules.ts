import type { Category } from './finding.ts';
import { HEADER_RULES } from './headers/rules.ts';
import { BEHAVIOUR_RULES } from './rules-behaviour.ts';
import { type AdvisedRule, SCHEMA_RULES, type SchemaRuleId } from './schema/rules.ts';

/** What a finding's rule says, for people. */
export interface Rule {
  readonly category: Category;
  /** Usual severities; weaker evidence weighs less. */
  readonly weight: string;
  /** What happened, one plain sentence. */
  readonly means: string;
  /** Whom it breaks, and how. */
  readonly why: string;
  /** What to do about it. */
  readonly advice: string;
}

/** Every rule that a finding may name; stable, documented in docs/rules.md. */
export type RuleId = SchemaRuleId | keyof typeof HEADER_RULES | keyof typeof BEHAVIOUR_RULES;

/** Every rule by id, in the order of the page that documents them. */
export const RULES: ReadonlyMap<RuleId, Rule> = new Map<RuleId, Rule>([
  ...idsOf(SCHEMA_RULES).map((id) => [id, schemaRule(id)] as const),
  ...idsOf(HEADER_RULES).map((id) => [id, HEADER_RULES[id]] as const),
  ...idsOf(BEHAVIOUR_RULES).map((id) => [id, BEHAVIOUR_RULES[id]] as const),
]);

function schemaRule(id: SchemaRuleId): Rule {
  const { title, why, advice, severity, warning }: AdvisedRule = SCHEMA_RULES[id];
  const usual =
    severity.response === severity.request
      ? severity.response
      : `${severity.response} in a response, ${severity.request} in a request`;
  const weight = warning === undefined ? usual : `${usual}; warning where ${warning}`;
  return { category: 'schema-change', weight, means: `${title}.`, why, advice };
}

function idsOf<T extends object>(rules: T): (keyof T)[] {
  return Object.keys(rules) as (keyof T)[];
}
