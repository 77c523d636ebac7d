import { Counter } from '../support/counter.ts';
import { byCodeUnit, isRecord } from '../support/json.ts';
import { type Json, texts, wholeNumber } from './fanout-json.ts';

/**
 * A counter whose names are lines of text that recur, as JSON: every line once, names as positions.
 */
export function writeLines(counter: Counter): Json {
  const entries = counter.entries().map(([name, n]) => [name.split('\n'), n] as const);
  const lines = [...new Set(entries.flatMap(([parts]) => parts))].sort(byCodeUnit);
  const position = new Map(lines.map((line, i) => [line, i]));
  return {
    capped: counter.capped,
    lines,
    counts: entries.map(([parts, n]) => [n, ...parts.map((line) => position.get(line) as number)]),
  };
}

/** Throws RangeError on anything that `writeLines` can't have written. */
export function readLines(json: Json | undefined, limit: number): Counter {
  if (!isRecord(json) || !Array.isArray(json.counts)) throw new RangeError('not counts');
  const lines = texts(json.lines);
  const counts = json.counts.map((entry): Json => {
    if (!Array.isArray(entry)) throw new RangeError('not counts');
    const [n, ...positions] = entry.map(wholeNumber);
    const parts = positions.map((i) => {
      const line = lines[i];
      if (line === undefined) throw new RangeError('not counts');
      return line;
    });
    return [parts.join('\n'), n as number];
  });
  return Counter.fromJSON({ capped: json.capped ?? null, counts }, limit);
}
