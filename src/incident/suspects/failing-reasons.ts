import { codeSays } from '../../compare/statuses/own-codes.ts';
import { ms } from '../../compare/words.ts';
import { mostOften } from '../../support/most-often.ts';
import { toldInAnswer } from '../rejections.ts';
import type { CauseKind } from '../suspect.ts';
import type { Blamed } from './blamed.ts';
import type { Context } from './describe.ts';
import { answersOthers, cutOffWay, failingReplica, resolvedLast } from './failing-signs.ts';
import { failuresOf, gaveUpAfter } from './kind-of.ts';
import type { Ranked } from './rank.ts';
import { refusedConnections } from './refused-connections.ts';

/** Requests that fail because of a suspect. */
interface Failing {
  readonly workload: number;
  readonly name: string;
  readonly blamed: Blamed;
  /** How many they are, and of how many. */
  readonly of: string;
  /** Its callers in the calls that were never made, or that fail on its answer. */
  readonly callers: string;
  readonly context: Context;
}

interface Case {
  readonly when: (blamed: Blamed) => boolean;
  readonly words: (failing: Failing) => string;
  readonly besides?: (failing: Failing) => string[];
}

/** How requests end that fail because of a suspect: the first case that holds is told. */
const CASES: readonly Case[] = [
  {
    when: (blamed) => blamed.unmade > 0 && mostly(blamed, blamed.pausing),
    words: ({ name, of, callers }) =>
      `${of} stop where ${callers} would call ${name}, while for some time nobody's calls to it are seen: it comes and goes.`,
    besides: orAnother,
  },
  {
    when: ({ unmade }) => unmade > 0,
    words: ({ name, of, callers }) =>
      `${of} stop where ${callers} would call ${name}, and nobody's calls to it are seen any more.`,
    besides: orAnother,
  },
  {
    when: (blamed) => mostly(blamed, blamed.rejected),
    words: ({ name, of, blamed, context }) =>
      `${of} end where ${operations(blamed.rejectedBy, context)} rejects what ${name} asks (${usualStatus(blamed.rows, context)}), and serves its other callers as before.`,
  },
  {
    when: ({ either }) => either.size > 0,
    words: ({ name, of, blamed, context }) =>
      `${of} end in ${name} before it calls ${workloads(blamed.either, context)}, which may as well be out of reach: what is seen looks the same.`,
  },
  {
    when: ({ unusable }) => unusable > 0,
    words: ({ name, of, callers }) =>
      `${of} fail in ${callers} right after ${name} answered in another form than before; what ${callers} called did not fail.`,
  },
  {
    when: ({ impatient }) => impatient.size > 0,
    words: ({ name, of, blamed, context }) =>
      `${of} end where ${name} gives up on ${operations(blamed.impatient, context)} sooner than it used to: known-good calls took as long, and were waited for.`,
  },
  {
    when: (blamed) => mostly(blamed, blamed.late),
    words: ({ name, of }) =>
      `${of} were given up, or waited, while ${name} was still at work for them.`,
  },
  {
    when: (blamed) => mostly(blamed, blamed.unanswered),
    words: (failing) =>
      `${failing.of} end in calls to ${failing.name} that got no answer${untilGivenUp(failing)}.`,
    besides: ({ workload, blamed: { rows }, context }) => [
      ...failingReplica(rows, context),
      ...answersOthers(workload, rows, context),
    ],
  },
  {
    when: () => true,
    words: ({ name, of, blamed: { rows }, context }) =>
      `${of} end in ${name}${howTheyFail(rows, context)}, and nothing that it called for them failed.`,
    besides: ({ workload, blamed: { rows }, context }) => [
      ...cutOffWay(workload, context),
      ...resolvedLast(rows, context),
      ...failingReplica(rows, context),
    ],
  },
];

/** How the requests end that fail because of a suspect, and what shows that it is at fault. */
export function failingReasons({ workload }: Ranked, kind: CauseKind, context: Context): string[] {
  const { workloads: all, failed } = context.evidence.blame;
  const blamed = all.get(workload);
  if (!blamed) return [];
  const failing: Failing = {
    workload,
    name: workloads([workload], context),
    blamed,
    of: `${Math.round(blamed.requests)} of the ${Math.round(failed)} failing requests`,
    callers: workloads(blamed.callers, context),
    context,
  };
  const found = CASES.find(({ when }) => when(blamed));
  return [
    ...(found ? [found.words(failing), ...(found.besides?.(failing) ?? [])] : []),
    ...(kind === 'connections' ? [connectionsReason(workload, context)] : []),
  ];
}

function mostly({ rows }: Blamed, some: number): boolean {
  return some > rows.length / 2;
}

function workloads(indices: Iterable<number>, { given }: Context): string {
  return [...indices].map((at) => given.names.workloads[at]).join(', ');
}

function operations(indices: Iterable<number>, { given }: Context): string {
  return [...indices].map((at) => given.names.operations[at]?.operation).join(', ');
}

/** With whom else it may have begun, where most were never made. */
function orAnother({ name, blamed, context }: Failing): string[] {
  if (!mostly(blamed, blamed.undecided)) return [];
  return [
    `Or ${workloads(blamed.either, context)} fails before it calls ${name}: what is seen looks the same.`,
  ];
}

function untilGivenUp({ workload, context }: Failing): string {
  const wait = gaveUpAfter(failuresOf(workload, context.given, context.failures));
  return wait === undefined ? '' : `: its callers give up after ${ms(wait)} each time`;
}

/** What the status of most of the calls says, by the protocol or as HTTP has it. */
function howTheyFail(rows: readonly number[], context: Context): string {
  const { traffic } = context.evidence.bad;
  const status = usualStatus(rows, context);
  const told = rows.filter((row) => toldInAnswer(traffic, row)).length;
  const inIt = told > rows.length / 2 ? ', with an error in the answer' : '';
  const plain = /^[1-5]\d\d$/.test(status) ? ` (${status}${inIt})` : '';
  return says(status, rows, context) || plain;
}

function connectionsReason(workload: number, { evidence }: Context): string {
  const { length } = refusedConnections(evidence.bad.traffic, workload);
  return length > 0
    ? `Its store refused it another connection ${length} times.`
    : `Its failing calls wait long with nothing called before they fail.`;
}

/** What a status of some of the calls says by the protocol of their operation. */
function says(status: string, rows: readonly number[], { given, evidence }: Context): string {
  const { operation, status: statusOf } = evidence.bad.traffic;
  const row = rows.find((at) => statusOf(at) === status);
  const asked = row === undefined ? undefined : given.names.operations[operation[row] as number];
  return asked ? codeSays(asked.protocol, status) : '';
}

/** The status that most of the calls have. */
function usualStatus(rows: readonly number[], { evidence }: Context): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const status = evidence.bad.traffic.status(row) ?? '';
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return mostOften(counts)?.[0] ?? '';
}
