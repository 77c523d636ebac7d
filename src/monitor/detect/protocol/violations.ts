import type { Finding } from '../../../compare/finding.ts';
import { fisherExactGreater } from '../../../compare/stats/exact.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SlotMessage } from './contract-messages.ts';
import { CONTENT_TYPE, MALFORMED, SCHEMA, SEMANTICS } from './rules.ts';

/** One place of a kind of message that is not as it was learned. */
export interface Violation {
  readonly rule: AlertRule;
  readonly finding: Finding;
  /** Share of the messages that differ. */
  readonly share: number;
  readonly messages: number;
  readonly chance: number;
  /** Whether it is sure enough to be told; if not, it is only not learned yet. */
  readonly told: boolean;
}

const SCHEMA_RULES: Readonly<Record<'request' | 'response', ReadonlySet<string>>> = {
  response: new Set(
    'field-removed became-optional type-changed became-nullable format-changed enum-value-added body-removed body-became-optional'.split(
      ' ',
    ),
  ),
  request: new Set('field-removed type-changed format-changed body-removed'.split(' ')),
};
/** Headers without which a status is of little use. */
const USEFUL: readonly (readonly [header: string, statuses: RegExp])[] = [
  ['location', /^(?:201|30[12378])$/],
  ['retry-after', /^(?:429|503)$/],
  ['www-authenticate', /^401$/],
  ['allow', /^405$/],
];

/** What one finding of the comparison means for the monitor; undefined where nothing. */
export function violationOf(
  finding: Finding,
  { side, status = '' }: SlotMessage,
): Violation | undefined {
  const rule = ruleOf(finding, side, status);
  if (!rule || finding.effect === null) return undefined;
  const share = Math.min(1, Math.abs(finding.effect));
  const { baseline, candidate } = finding.samples;
  const messages = Math.round(share * candidate);
  const chance = fisherExactGreater({ some: messages, all: candidate }, { some: 0, all: baseline });
  const sure = isSure(rule, finding.rule, share, messages, chance);
  return { rule, finding, share, messages, chance, told: sure };
}

function ruleOf(
  { rule, severity, path, candidate }: Finding,
  side: 'request' | 'response',
  status: string,
): AlertRule | undefined {
  if (rule === 'header.removed' || rule === 'header.became-optional') {
    return USEFUL.some(([name, of]) => path?.endsWith(` header ${name}`) && of.test(status))
      ? SEMANTICS
      : undefined;
  }
  if (severity !== 'breaking') return undefined;
  if (rule === 'header.content-type-changed') return CONTENT_TYPE;
  if (rule === 'schema.body-format-changed') {
    return String(candidate).includes('malformed') ? MALFORMED : CONTENT_TYPE;
  }
  if (rule === 'error.new-code') return /^(?:2\d\d|0)$/.test(status) ? SEMANTICS : undefined;
  return SCHEMA_RULES[side].has(rule.replace('schema.', '')) ? SCHEMA : undefined;
}

function isSure(
  rule: AlertRule,
  of: string,
  share: number,
  messages: number,
  chance: number,
): boolean {
  if (rule === MALFORMED) return messages >= 3 && share >= 0.02 && chance <= 1e-7;
  if (rule === CONTENT_TYPE) return messages >= 3 && share >= 0.05 && chance <= 1e-7;
  if (of === 'error.new-code') return messages >= 5 && share >= 0.1 && chance <= 1e-7;
  if (share >= 0.5) return chance <= 1e-7;
  return (
    rule === SCHEMA &&
    of !== 'schema.enum-value-added' &&
    share >= 0.25 &&
    messages >= 10 &&
    chance <= 1e-9
  );
}
