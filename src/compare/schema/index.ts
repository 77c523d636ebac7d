import type { KindStats, MessageProfile } from '../../profile/message.ts';
import type { FamilyResult } from '../family-result.ts';
import type { Finding, NotChecked } from '../finding.ts';
import { compareHeaders } from '../headers/index.ts';
import { subjectsOf } from '../subjects.ts';
import type { Thresholds } from '../thresholds.ts';
import { answeredOtherwise } from './answers.ts';
import { bodyChange, kindChange } from './body.ts';
import { bodyErrors, newErrorCode } from './body-errors.ts';
import { type Change, type Message, placeOf, Reporter } from './report.ts';
import type { Side } from './rules.ts';
import { secretAdded } from './secrets.ts';
import type { Support } from './share.ts';
import { isUnread, isUnseen, readOf } from './unread.ts';
import { diffNodes, perValue } from './walk.ts';

/** What tells that a server asks for more. */
const ASKED: ReadonlySet<string> = new Set(['schema.field-added', 'schema.became-required']);

export interface MessagePair {
  /** Plain form. */
  readonly operation: string;
  readonly side: Side;
  /** Requests are messages for others to read: what breaks readers of a response breaks these. */
  readonly published?: boolean;
  /** Requests are to a store or a broker, which asks for nothing that it did not ask for before. */
  readonly stored?: boolean;
  /** Statements that insert, or leave what is there. */
  readonly inserts?: boolean;
  /** Headers that tell the candidate's callers apart in some operation's requests; of a request. */
  readonly several?: ReadonlySet<string>;
  /** Of a response. */
  readonly status?: string;
  readonly base: MessageProfile;
  readonly cand: MessageProfile;
  /** Messages, and bodies, that each side needs before it is judged. */
  readonly minSamples: number;
  /** What is usual, where unsaid. */
  readonly thresholds?: Thresholds;
}

/**
 * Every difference in the shape of an operation's requests, or of its responses of one status. A
 * finding's `path` is the message, the part of it, and a JSON pointer in which a star stands for
 * the items of an array and the values of a map: `response 200 /user/name`, `request query /page`,
 * `response 200 header etag`, `request form /name`.
 */
export function compareMessages(pair: MessagePair): FamilyResult {
  const { side, status, base, cand, minSamples } = pair;
  if (base.count === 0 || cand.count === 0) return { findings: [], notChecked: [] };
  const message = { side, ...(status !== undefined && { status }), part: 'json' };
  const place = placeOf(message);
  if (base.count < minSamples || cand.count < minSamples) {
    return { findings: [], notChecked: [tooFew(pair, place, base.count, cand.count, 'messages')] };
  }
  const subjects = subjectsOf(base, cand);
  const support: Support = {
    minSamples,
    scale: { base: 1, cand: 1 },
    ...(subjects && { subjects }),
    ...(pair.stored && { isData: true as const }),
  };
  const parts = [compareHeads, compareQueries, compareKinds].map((compare) =>
    compare(pair, message, support),
  );
  return {
    findings: parts.flatMap(({ findings }) => findings),
    notChecked: parts.flatMap(({ notChecked }) => notChecked),
  };
}

/** What stands before a body: whether there is one, of which kind, and the headers. */
function compareHeads(pair: MessagePair, message: Message, support: Support): FamilyResult {
  const { operation, base, cand, minSamples } = pair;
  const report = new Reporter(operation, readsOf(pair), message);
  const [before, after] = [isUnseen(base, minSamples), isUnseen(cand, minSamples)];
  const body = before || after ? undefined : bodyChange(base, cand, support);
  if (body) report.add(body);
  // What shows no bodies shows few headers, if any: nothing to hold against what shows them.
  const headers: FamilyResult =
    before === after
      ? compareHeaders({ ...pair, place: placeOf(message), support })
      : { findings: [], notChecked: [] };
  const typed = headers.findings.some(({ rule }) => rule === 'header.content-type-changed');
  const kind = typed ? undefined : kindChange(base, cand, support);
  if (kind) report.add(kind);
  return {
    findings: [...report.findings(), ...headers.findings],
    notChecked: [...report.notChecked(), ...headers.notChecked],
  };
}

function compareQueries(pair: MessagePair, message: Message, support: Support): FamilyResult {
  const report = new Reporter(pair.operation, readsOf(pair), { ...message, part: 'query' });
  const [base, cand] = [pair.base.query, pair.cand.query];
  if (base && cand) diffNodes({ base, cand, pointer: '', support }, report);
  return { findings: report.findings(), notChecked: report.notChecked() };
}

/** The bodies of each kind that both sides have. */
function compareKinds(pair: MessagePair, message: Message, support: Support): FamilyResult {
  const { base, cand, minSamples } = pair;
  const place = placeOf(message);
  const findings: Finding[] = [];
  const notChecked: NotChecked[] = [];
  const sides = [base, cand];
  if (sides.some((one) => isUnseen(one, minSamples))) notChecked.push(withoutBodies(pair, place));
  const unread = sides.some((one) => isUnread(one, minSamples));
  if (unread) notChecked.push(unreadable(pair, place));
  for (const [kind, before] of base.kinds) {
    const after = cand.kinds.find(([other]) => other === kind)?.[1];
    if (!after) continue;
    if (before.bodies < minSamples || after.bodies < minSamples) {
      if (unread) continue;
      notChecked.push(tooFew(pair, place, before.bodies, after.bodies, `${kind} bodies`));
      continue;
    }
    const told = compareBodies(pair, { ...message, part: kind }, [before, after], support);
    findings.push(...told.findings);
    notChecked.push(...told.notChecked);
  }
  return { findings, notChecked };
}

/** The bodies of one kind. */
function compareBodies(
  pair: MessagePair,
  message: Message,
  [before, after]: readonly [Readonly<KindStats>, Readonly<KindStats>],
  support: Support,
): FamilyResult {
  const isResponse = pair.side === 'response';
  const [base, cand] = [before.schema, after.schema];
  const meaning = (change: Change) =>
    isResponse
      ? (newErrorCode(change) ?? secretAdded(change, cand) ?? alreadyThere(pair, change))
      : unasked(pair, change);
  const report = new Reporter(pair.operation, readsOf(pair), message, meaning);
  const scale = {
    base: perValue(before.bodies, base.total),
    cand: perValue(after.bodies, cand.total),
  };
  const bodies = { base: before.bodies, cand: after.bodies };
  const shown = { ...support, scale, ...(isResponse && { bodies }) };
  diffNodes({ base, cand, pointer: '', support: shown }, report);
  if (isResponse) {
    const otherwise = answeredOtherwise(base, cand, (pointer) => report.tells(pointer));
    if (otherwise) report.add(otherwise);
    const of = { minSamples: pair.minSamples, scale };
    for (const change of bodyErrors(base, cand, of, pair.thresholds)) report.add(change);
  }
  return { findings: report.findings(), notChecked: report.notChecked() };
}

/** What callers of a store newly send (a projection, values beside a statement) is their own choice. */
function unasked({ stored }: MessagePair, change: Change): Change | undefined {
  return stored && ASKED.has(change.rule) ? { ...change, atMost: 'info' } : undefined;
}

/** A second run of a scenario finds what the first inserted, so that no row is where it may be there. */
function alreadyThere({ inserts }: MessagePair, change: Change): Change | undefined {
  return inserts && change.rule === 'schema.value-emptied'
    ? { ...change, atMost: 'warning' }
    : undefined;
}

function readsOf({ published, side }: MessagePair): Side {
  return published ? 'response' : side;
}

function tooFew(
  { operation, minSamples }: MessagePair,
  place: string,
  baseline: number,
  candidate: number,
  what: string,
): NotChecked {
  return {
    operation,
    family: 'schema',
    reason: `${place}: ${baseline} and ${candidate} ${what}; ${minSamples} on each side are needed to judge fields and headers.`,
    samples: { baseline, candidate },
  };
}

function withoutBodies({ operation, base, cand }: MessagePair, place: string): NotChecked {
  return {
    operation,
    family: 'schema',
    reason: `${place}: the source shows no bodies, so their fields can not be judged.`,
    samples: { baseline: base.bodies.known, candidate: cand.bodies.known },
  };
}

function unreadable({ operation, base, cand, minSamples }: MessagePair, place: string): NotChecked {
  return {
    operation,
    family: 'schema',
    reason: `${place}: ${readOf(base)} and ${readOf(cand)} bodies could be read, the others are cut or redacted; ${minSamples} on each side are needed to judge their fields.`,
    samples: { baseline: base.bodies.known, candidate: cand.bodies.known },
  };
}
