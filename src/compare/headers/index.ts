import type { MessageProfile } from '../../profile/message.ts';
import type { Counter } from '../../support/counter.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { FamilyResult } from '../family-result.ts';
import type { Finding, Severity } from '../finding.ts';
import type { RuleId } from '../rules.ts';
import { MADE_CONSTANT } from '../schema/constants.ts';
import { evidence, ratio } from '../schema/report.ts';
import type { Side } from '../schema/rules.ts';
import { lossOf, type Share, type Support, standing, weigh } from '../schema/share.ts';
import { mostlyMissing } from '../schema/surge.ts';
import { isTold, onEvidence, type Weight } from '../schema/weight.ts';
import { shareShift } from '../share-shift.ts';
import { comparableForms } from './comparable.ts';
import { headerConstant } from './constant.ts';
import { CREDENTIALS, isPassing, OF_THE_REQUEST, VARYING } from './kinds.ts';
import { headerLoss } from './losses.ts';

interface HeaderPair {
  readonly operation: string;
  readonly side: Side;
  readonly base: MessageProfile;
  readonly cand: MessageProfile;
  /** `response 200`, `request`. */
  readonly place: string;
  readonly support: Support;
  /** Headers that tell the candidate's callers apart in some operation's requests. */
  readonly several?: ReadonlySet<string>;
}

interface HeaderChange {
  readonly rule: RuleId;
  readonly name: string;
  readonly what: string;
  readonly severity: Severity;
  readonly weight: Weight;
  readonly base: Share;
  readonly cand: Share;
  readonly before?: string;
  readonly after?: string;
}

/** Headers that came, went or say something else, and the body's media type. */
export function compareHeaders(pair: HeaderPair): FamilyResult {
  const { base, cand } = pair;
  const changes = [contentType(pair) ?? form(pair, 'content-type')];
  const names = new Set([...base.headers.entries(), ...cand.headers.entries()].map(([n]) => n));
  const judged = !base.headers.capped && !cand.headers.capped;
  for (const name of [...names].sort(byCodeUnit)) {
    if (!judged || isPassing(name)) continue;
    changes.push(presence(pair, name) ?? form(pair, name));
  }
  return {
    findings: changes.flatMap((change) => (change ? findingOf(pair, change) : [])),
    notChecked: [],
  };
}

function presence(
  { side, base, cand, support }: HeaderPair,
  name: string,
): HeaderChange | undefined {
  const before: Share = { some: base.headers.get(name)?.count ?? 0, all: base.count };
  const after: Share = { some: cand.headers.get(name)?.count ?? 0, all: cand.count };
  const surge = mostlyMissing(before, after, support);
  const weight = surge?.weight ?? weigh(before, after, support);
  if (!isTold(weight)) return undefined;
  const contract = side === 'response' || CREDENTIALS.test(name);
  const [was, is] = [standing(before), standing(after)];
  const common = { name, weight, base: before, cand: after };
  if (is === 'never') {
    const rare = was !== 'always' && (side === 'request' || isRare(name, before));
    const severity = rare ? 'info' : contract ? 'breaking' : 'warning';
    return { ...common, rule: 'header.removed', what: 'is not there any more', severity };
  }
  if (was === 'never') {
    const severity = side === 'request' && is === 'always' ? 'warning' : 'info';
    return { ...common, rule: 'header.added', what: 'is new', severity };
  }
  if (surge) {
    const severity = contract ? (surge.atMost ?? 'breaking') : 'info';
    return { ...common, rule: 'header.became-optional', what: surge.what, severity };
  }
  if (is === 'always') {
    const what = 'is always there now';
    return { ...common, rule: 'header.became-required', what, severity: 'info' };
  }
  const severity = contract ? 'warning' : 'info';
  return { ...common, rule: 'header.became-optional', what: 'is missing at times', severity };
}

/** Whether another mix of calls may explain that none has the header that some had. */
function isRare(name: string, before: Share): boolean {
  return OF_THE_REQUEST.test(name) || lossOf(before).atMost !== undefined;
}

function form(
  { base, cand, support, several }: HeaderPair,
  name: string,
): HeaderChange | undefined {
  const before = base.headers.get(name);
  const after = cand.headers.get(name);
  if (!before || !after) return undefined;
  const loss = headerLoss(name, before.forms, after.forms, support);
  if (loss) {
    const what = `no longer says '${loss.word}'`;
    return { ...loss, rule: 'header.changed', name, what };
  }
  const constant = several && headerConstant(name, before, after, support, several);
  if (constant) return { ...constant, rule: 'header.changed', name, what: MADE_CONSTANT };
  if (VARYING.has(name)) return undefined;
  const severity = name.endsWith('-id') ? 'info' : 'warning';
  return gained(...comparableForms(name, before.forms, after.forms), support, (share) => ({
    rule: 'header.changed',
    name,
    what: `says ${share.gained}, never seen in ${share.known}`,
    severity,
    ...share,
  }));
}

function contentType({ base, cand, support }: HeaderPair): HeaderChange | undefined {
  return gained(base.contentTypes, cand.contentTypes, support, (share) => ({
    rule: 'header.content-type-changed',
    name: 'content-type',
    what: `was ${share.known} and is ${share.gained}`,
    severity: 'breaking',
    ...share,
  }));
}

interface Gained {
  readonly weight: Weight;
  readonly base: Share;
  readonly cand: Share;
  readonly gained: string;
  readonly known: string;
  readonly before: string;
  readonly after: string;
}

function gained(
  before: Counter,
  after: Counter,
  support: Support,
  describe: (share: Gained) => HeaderChange,
): HeaderChange | undefined {
  if (before.capped || after.capped || before.total() === 0) return undefined;
  const known = before.entries().map(([name]) => name);
  const added = after.entries().filter(([name]) => before.get(name) === 0);
  const base: Share = { some: 0, all: before.total() };
  const cand: Share = { some: added.reduce((sum, [, n]) => sum + n, 0), all: after.total() };
  if (cand.some === 0) return undefined;
  const weight = weigh(base, cand, support);
  if (!isTold(weight)) return undefined;
  return describe({
    weight,
    base,
    cand,
    gained: list(added.map(([name]) => name)),
    known: list(known),
    before: list(known),
    after: list(after.entries().map(([name]) => name)),
  });
}

function findingOf(pair: HeaderPair, change: HeaderChange): Finding {
  const { name, base, cand, rule } = change;
  const examples = (side: MessageProfile) =>
    side.headers.get(name)?.witness.ids ?? side.witness.ids;
  return {
    rule,
    category: 'schema-change',
    ...onEvidence(change.severity, change.weight),
    operation: pair.operation,
    path: `${pair.place} header ${name}`,
    summary: `Header ${name} of ${pair.place} ${change.what} (${ratio(base)} → ${ratio(cand)}).`,
    baseline: change.before ?? ratio(base),
    candidate: change.after ?? ratio(cand),
    ...shareShift(base, cand),
    evidence: [
      ...evidence(examples(pair.cand), 'candidate', name),
      ...evidence(examples(pair.base), 'baseline', name),
    ],
  };
}

function list(names: readonly string[]): string {
  return names.map((name) => (name === '' ? 'none' : `'${name}'`)).join(', ');
}
