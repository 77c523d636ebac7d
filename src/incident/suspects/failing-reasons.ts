import { codeSays } from '../../compare/statuses/own-codes.ts';
import { ms } from '../../compare/words.ts';
import { toldInAnswer } from '../rejections.ts';
import type { CauseKind } from '../suspect.ts';
import { cutOffFrom, stillAnswered } from './cut-off.ts';
import type { Context } from './describe.ts';
import { failuresOf, gaveUpAfter } from './kind-of.ts';
import { lastResolved } from './last-resolved.ts';
import type { Ranked } from './rank.ts';
import { refusedConnections } from './refused-connections.ts';

/** How the requests end that fail because of a suspect, and what shows that it is at fault. */
export function failingReasons({ workload }: Ranked, kind: CauseKind, context: Context): string[] {
  const { evidence, given } = context;
  const blamed = evidence.blame.workloads.get(workload);
  if (!blamed) return [];
  const own = failuresOf(workload, given, context.failures);
  const name = given.names.workloads[workload];
  const of = `${Math.round(blamed.requests)} of the ${Math.round(evidence.blame.failed)} failing requests`;
  const namesOf = (workloads: ReadonlySet<number>) =>
    [...workloads].map((at) => given.names.workloads[at]).join(', ');
  const callers = namesOf(blamed.callers);
  const half = blamed.rows.length / 2;
  const reasons: string[] = [];
  if (blamed.unmade > 0) {
    reasons.push(
      blamed.pausing > half
        ? `${of} stop where ${callers} would call ${name}, while for some time nobody's calls to it are seen: it comes and goes.`
        : `${of} stop where ${callers} would call ${name}, and nobody's calls to it are seen any more.`,
    );
    if (blamed.undecided > half) {
      const those = namesOf(blamed.either);
      reasons.push(`Or ${those} fails before it calls ${name}: what is seen looks the same.`);
    }
  } else if (blamed.rejected > half) {
    const operations = [...blamed.rejectedBy].map((at) => given.names.operations[at]?.operation);
    const status = mostOften(blamed.rows.map((row) => evidence.bad.traffic.status(row) ?? ''));
    reasons.push(
      `${of} end where ${operations.join(', ')} rejects what ${name} asks (${status}), and serves its other callers as before.`,
    );
  } else if (blamed.either.size > 0) {
    reasons.push(
      `${of} end in ${name} before it calls ${namesOf(blamed.either)}, which may as well be out of reach: what is seen looks the same.`,
    );
  } else if (blamed.unusable > 0) {
    reasons.push(
      `${of} fail in ${callers} right after ${name} answered in another form than before; what ${callers} called did not fail.`,
    );
  } else if (blamed.impatient.size > 0) {
    const operations = [...blamed.impatient].map((at) => given.names.operations[at]?.operation);
    reasons.push(
      `${of} end where ${name} gives up on ${operations.join(', ')} sooner than it used to: known-good calls took as long, and were waited for.`,
    );
  } else if (blamed.late > half) {
    reasons.push(`${of} were given up, or waited, while ${name} was still at work for them.`);
  } else if (blamed.unanswered > half) {
    const wait = gaveUpAfter(own);
    const why = wait === undefined ? '' : `: its callers give up after ${ms(wait)} each time`;
    reasons.push(`${of} end in calls to ${name} that got no answer${why}.`);
    reasons.push(...failingReplicaReason(blamed.rows, context));
    reasons.push(...answersOthersReason(workload, blamed.rows, context));
  } else {
    const status = mostOften(blamed.rows.map((row) => evidence.bad.traffic.status(row) ?? ''));
    const told = blamed.rows.filter((row) => toldInAnswer(evidence.bad.traffic, row)).length;
    const inIt = told > half ? ', with an error in the answer' : '';
    const plain = /^[1-5]\d\d$/.test(status) ? ` (${status}${inIt})` : '';
    const how = says(status, blamed.rows, context) || plain;
    reasons.push(`${of} end in ${name}${how}, and nothing that it called for them failed.`);
    reasons.push(
      ...cutOffReason(workload, context),
      ...resolvedReason(blamed.rows, context),
      ...failingReplicaReason(blamed.rows, context),
    );
  }
  if (kind === 'connections') reasons.push(connectionsReason(workload, context));
  return reasons;
}

function connectionsReason(workload: number, { evidence }: Context): string {
  const { length } = refusedConnections(evidence.bad.traffic, workload);
  return length > 0
    ? `Its store refused it another connection ${length} times.`
    : `Its failing calls wait long with nothing called before they fail.`;
}

/** Where the way to another may be cut, as by a network policy or a partition, or a wrong address. */
function cutOffReason(workload: number, { given, evidence }: Context): string[] {
  const cut = cutOffFrom(workload, evidence);
  if (!cut) return [];
  const [name, callee, others] = [[workload], [cut.callee], cut.others].map((some) =>
    some.map((at) => given.names.workloads[at]).join(', '),
  );
  return [
    `They end where they would call ${callee}, to which no call of ${name} is seen any more; ${others} still gets answers from it. So the way from ${name} to ${callee} is cut (a policy, a partition, an address), or ${name} fails right before.`,
  ];
}

/** Whom calls would ask that end once they asked for its name. */
function resolvedReason(rows: readonly number[], { given, evidence }: Context): string[] {
  const operation = lastResolved(rows, evidence, given.names);
  if (operation === undefined) return [];
  return [
    `The last that they ask for is ${given.names.operations[operation]?.operation}, where known-good calls go on: who has that name may be out of reach.`,
  ];
}

/** Who still gets answers where one caller gets none: it runs, and what that caller asks, or its way, is at fault. */
function answersOthersReason(
  workload: number,
  rows: readonly number[],
  { given, evidence }: Context,
): string[] {
  const { traffic } = evidence.bad;
  const callers = new Set(rows.map((row) => traffic.caller[row] as number));
  const [caller, ...more] = callers;
  if (caller === undefined || caller < 0 || more.length > 0) return [];
  const others = stillAnswered(workload, caller, rows, evidence);
  if (others.length === 0) return [];
  const [name, asks, them] = [[workload], [caller], others].map((some) =>
    some.map((at) => given.names.workloads[at]).join(', '),
  );
  return [
    `${name} still answers ${them}, and nothing that ${asks} asks it: either the way from ${asks} to it is cut, or what only ${asks} asks hangs.`,
  ];
}

/** Share of the failing calls that one replica has served, and how probable that may be by its share of all. */
const OF_ONE = 0.9;
const LUCK = 1e-3;

/** Names the replica in which nearly all calls end that fail as these do. */
function failingReplicaReason(rows: readonly number[], { given, evidence }: Context): string[] {
  const { traffic } = evidence.bad;
  const operations = new Set(rows.map((row) => traffic.operation[row]));
  const endings = new Set(rows.map((row) => traffic.ending[row]));
  const since = Math.min(...rows.map((row) => traffic.ts[row] as number));
  const pods = new Map<number, { calls: number; failing: number }>();
  const all = { calls: 0, failing: 0 };
  for (let row = 0; row < traffic.size; row++) {
    if (!operations.has(traffic.operation[row]) || (traffic.ts[row] as number) < since) continue;
    const pod = traffic.pod[row] as number;
    const at = pods.get(pod) ?? { calls: 0, failing: 0 };
    pods.set(pod, at);
    for (const count of [at, all]) {
      count.calls++;
      if (endings.has(traffic.ending[row])) count.failing++;
    }
  }
  const [worst] = [...pods].sort(([a, x], [b, y]) => y.failing - x.failing || a - b);
  if (!worst || worst[0] < 0 || all.failing === 0) return [];
  const [pod, { calls, failing }] = worst;
  if (failing < OF_ONE * all.failing || (calls / all.calls) ** failing > LUCK) return [];
  return [
    `One of its replicas, ${given.names.pods[pod]}, is the failing one: ${failing} of the ${all.failing} such calls, and ${calls} of the ${all.calls} in all, were served by it.`,
  ];
}

/** What a status of some of the calls says by the protocol of their operation. */
function says(status: string, rows: readonly number[], { given, evidence }: Context): string {
  const { operation, status: statusOf } = evidence.bad.traffic;
  const row = rows.find((at) => statusOf(at) === status);
  const asked = row === undefined ? undefined : given.names.operations[operation[row] as number];
  return asked ? codeSays(asked.protocol, status) : '';
}

function mostOften(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return most?.[0] ?? '';
}
