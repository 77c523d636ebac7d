import type { Call } from '../../../src/calls/call.ts';

/** In percent, as Diffy's defaults are: of the two counts' sum, and of the calls. */
const RELATIVE = 20;
const ABSOLUTE = 0.03;

/**
 * Whether Diffy would report a field of an operation (opendiffy/diffy, DifferencesFilterFactory): the
 * candidate differs from the primary more often than the secondary does, by more than 20 % of both
 * counts and 0.03 % of the calls. Diffy sends one request to three instances; two captures have no
 * such triples, so every other call of the baseline stands in for the primary and the rest for the
 * secondary, each compared with the next of the other.
 */
export function diffyReports(base: readonly Call[], cand: readonly Call[]): boolean {
  const raw = new Map<string, number>();
  const noise = new Map<string, number>();
  const pairs = Math.min(Math.floor(base.length / 2), cand.length);
  for (let i = 0; i < pairs; i++) {
    const primary = fieldsOf(base[2 * i] as Call);
    count(raw, primary, fieldsOf(cand[i] as Call));
    count(noise, primary, fieldsOf(base[2 * i + 1] as Call));
  }
  return [...raw].some(([field, differences]) => {
    const expected = noise.get(field) ?? 0;
    const excess = differences - expected;
    return (
      excess > 0 &&
      (100 * excess) / (differences + expected) > RELATIVE &&
      (100 * excess) / pairs > ABSOLUTE
    );
  });
}

function count(
  into: Map<string, number>,
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): void {
  for (const field of new Set([...a.keys(), ...b.keys()])) {
    if (a.get(field) !== b.get(field)) into.set(field, (into.get(field) ?? 0) + 1);
  }
}

/** Status, headers and every value in the response's body, by path. */
function fieldsOf({ status, responseHeaders, responseBody }: Call): Map<string, string> {
  const fields = new Map([['status', status ?? '']]);
  for (const [name, value] of responseHeaders) fields.set(`header ${name}`, value);
  if (responseBody.state === 'whole') {
    try {
      flatten('', JSON.parse(responseBody.text), fields);
    } catch {
      fields.set('body', responseBody.text);
    }
  }
  return fields;
}

function flatten(path: string, value: unknown, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(path, JSON.stringify(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) flatten(`${path}/${name}`, inner, into);
}
