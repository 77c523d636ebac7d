import { isBackground } from '../calls/background.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import {
  type Callee,
  calleeOf,
  type Likeness,
  otherHost,
  otherMethod,
  otherProtocol,
  otherTarget,
  otherTransaction,
} from '../likenesses.ts';
import type { OperationPair } from '../pairs.ts';

const ADDED = new Set(['call.extra', 'call.mutation-added', 'call.new-destination']);
/** Calls that come and go at once, but for so large a share of them. */
const NEARLY = 0.1;

/** The most alike first. */
const LIKENESSES: readonly Likeness[] = [
  otherTransaction,
  otherTarget,
  otherMethod,
  otherHost,
  otherProtocol,
];

interface Change {
  readonly finding: Finding;
  readonly callee: Callee;
}

/**
 * A call that an operation makes instead of another one, as often, is one change: under another name at the
 * same callee, by another method or protocol, or at another callee. It is told as the call that is missing,
 * or as the new destination.
 */
export function nameReplacements(
  findings: readonly Finding[],
  { pairs }: { readonly pairs: readonly OperationPair[] },
): Finding[] {
  const pairOf = new Map(pairs.map((pair) => [pair.operation, pair]));
  const changes = findings.flatMap((finding) => changeOf(finding, pairOf) ?? []);
  const told = new Map<Finding, Finding>();
  for (const group of Map.groupBy(changes, ({ finding }) => finding.operation).values()) {
    const free = new Set(group.filter(({ finding }) => ADDED.has(finding.rule)));
    const missing = group.filter(({ finding }) => finding.rule === 'call.missing');
    for (const likeness of LIKENESSES) {
      for (const was of missing.filter(({ finding }) => !told.has(finding))) {
        const is = [...free].find((one) => isAsOften(was, one) && likeness(was.callee, one.callee));
        if (!is) continue;
        free.delete(is);
        for (const [finding, better] of tell(was.finding, is.finding)) told.set(finding, better);
      }
    }
  }
  return findings.map((finding) => told.get(finding) ?? finding);
}

function changeOf(
  finding: Finding,
  pairOf: ReadonlyMap<string, OperationPair>,
): Change | undefined {
  const { severity, operation, path = '', causedBy } = finding;
  if (severity === 'info' || causedBy !== undefined || isBackground(operation)) return undefined;
  const pair = pairOf.get(path);
  return pair && { finding, callee: calleeOf(pair) };
}

function isAsOften({ finding: was }: Change, { finding: is }: Change): boolean {
  const gone = -(was.effect ?? 0);
  return Math.abs((is.effect ?? 0) - gone) <= NEARLY * gone;
}

function tell(was: Finding, is: Finding): [Finding, Finding][] {
  const isNews = is.rule === 'call.new-destination';
  const [cause, effect] = isNews ? [is, was] : [was, is];
  const words = isNews ? `It takes the place of ${was.path}.` : `${is.path} is in its place.`;
  return [
    [cause, { ...cause, summary: `${cause.summary} ${words}` }],
    [effect, { ...effect, causedBy: findingId(cause) }],
  ];
}
