import type { Symptom } from './incident-case.ts';
import type { Names } from './traffic.ts';

/** Parts of workloads' names that people leave out. */
const COMMON = /^(?:service|svc|server|api|app|web|backend|deployment|ts|ms|prod|staging)$/;
/** Words of sentences, and of paths, that name nothing. */
const FILLER = new Set(
  'a all an and api are at by can do for from get has have in is it last me my new no not now of on or our out post put since so some the that they this to up us was we what when which who why with you id v1 v2 v3'.split(
    ' ',
  ),
);
/** Who tells of it: no service of that name. */
const REPORTERS =
  /\b(?:users?|customers?|clients?|people|we|they)\s+(?:are|is|see|report|reports|get|gets|have|had|can|cannot)\b/g;
const ERRORS =
  /\b(?:fail|failing|fails|failed|failures?|errors?|5\d\d|500s?|outage|down|broken|crash\w*|refus\w*|unavailable|exceptions?|unreachable)\b/i;
const LATENCY =
  /\b(?:slow|slower|latency|latencies|timeouts?|timing out|times out|hangs?|hanging|lag\w*|sluggish|long|seconds)\b/i;

/**
 * What the words of a symptom name of what was seen: workloads, operations, kind of trouble. A word
 * names a workload when it is its name, or the part of it that people say ('checkout' for
 * `checkout-service`), and operations when it stands in their target; exact names go before parts.
 */
export function symptomOf(text: string | undefined, names: Names): Symptom {
  if (text === undefined) return { workloads: [], operations: [], understood: [], trouble: 'any' };
  const told = text.toLowerCase().replace(REPORTERS, ' ');
  const said = new Set(wordsOf(told));
  const workloads = workloadsNamed(told, said, names);
  const operations = operationsNamed(told, said, names, workloads);
  const errors = ERRORS.test(text);
  const latency = LATENCY.test(text);
  const trouble = errors === latency ? 'any' : errors ? 'errors' : 'latency';
  return {
    text,
    workloads,
    operations,
    understood: [
      ...workloads.map((index) => names.workloads[index] as string),
      ...operations.map((index) => names.operations[index]?.operation ?? ''),
      ...(trouble === 'any' ? [] : [trouble]),
    ],
    trouble,
  };
}

function workloadsNamed(text: string, said: ReadonlySet<string>, names: Names): number[] {
  const exact: number[] = [];
  const part: number[] = [];
  for (const [index, workload] of names.workloads.entries()) {
    const name = workload.toLowerCase();
    if (said.has(name) || (name.length > 3 && text.includes(name))) exact.push(index);
    else if (partsOf(name).some((word) => said.has(word))) part.push(index);
  }
  return exact.length > 0 ? exact : part;
}

function operationsNamed(
  text: string,
  said: ReadonlySet<string>,
  names: Names,
  workloads: readonly number[],
): number[] {
  const exact: number[] = [];
  const part: number[] = [];
  for (const [index, { operation, workload }] of names.operations.entries()) {
    const target = operation.slice((names.workloads[workload]?.length ?? 0) + 1).toLowerCase();
    const path = target.slice(target.indexOf(' ') + 1);
    if (text.includes(operation.toLowerCase())) exact.push(index);
    else if (path.length > 2 && text.includes(path)) exact.push(index);
    // A word that names a workload already means that; a statement holds words of any kind.
    else if (workloads.length > 0 || path.includes(' ')) continue;
    else if (wordsOf(path).some((word) => said.has(word) && !FILLER.has(word))) part.push(index);
  }
  return exact.length > 0 ? exact : part;
}

function partsOf(name: string): string[] {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !COMMON.test(word));
  const whole = words.join('');
  const short = whole.replace(/(?:service|svc|server)$/, '');
  return [...new Set([words.join('-'), whole, short, ...(words.length === 1 ? words : [])])].filter(
    (word) => word.length > 2,
  );
}

/** Words and names of a text, in lower case, each also without the ending of its plural. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?/gu) ?? [];
  return words.flatMap((word) => (word.endsWith('s') ? [word, word.slice(0, -1)] : [word]));
}
