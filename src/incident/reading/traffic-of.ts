import type { Traffic } from '../traffic.ts';
import type { Linked } from './link-kept.ts';
import type { Numbering } from './names-of.ts';
import type { Reading } from './reading.ts';

/** A reading as the steps of an investigation look at it. */
export function trafficOf(reading: Reading, linked: Linked, numbering: Numbering): Traffic {
  const { columns, first, last, start, end, problems, badRecords } = reading;
  const size = last - first;
  const operation = translated(columns.target, reading, numbering.operation.get(columns));
  const { operations } = numbering.names;
  return {
    size,
    start,
    end,
    ts: columns.ts.subarray(first, last),
    latency: columns.latency.subarray(first, last),
    operation,
    caller: translated(columns.caller, reading, numbering.workload.get(columns)),
    callee: Int32Array.from(operation, (at) => operations[at]?.workload ?? -1),
    pod: translated(columns.pod, reading, numbering.pod.get(columns)),
    way: translated(columns.way, reading, numbering.way.get(columns)),
    ending: columns.ending.subarray(first, last),
    requestSize: columns.requestSize.subarray(first, last),
    responseSize: columns.responseSize.subarray(first, last),
    connection: columns.connection.subarray(first, last),
    parent: linked.parent,
    confidence: linked.confidence,
    id: (row) => columns.ids[first + row] ?? '',
    status: (row) => columns.statuses.values[columns.status[first + row] as number],
    linked: linked.stretches,
    profile: linked.profile,
    problems,
    badRecords,
  };
}

function translated(
  column: Int32Array,
  { first, last }: Reading,
  index: Int32Array = new Int32Array(),
): Int32Array {
  const out = new Int32Array(last - first);
  for (let row = first; row < last; row++) {
    const value = column[row] as number;
    out[row - first] = value < 0 ? -1 : (index[value] ?? -1);
  }
  return out;
}
