import { quote } from '../../../../src/calls/kfl.ts';
import { scopeFilters } from '../../../../src/sources/kubeshark/kfl.ts';
import { splitFilters } from '../../../../src/sources/kubeshark/split-filter.ts';
import { UsageError } from '../../../../src/support/errors.ts';
import { Draw } from '../../material/draw.ts';
import { skeletonOf, stringsOf } from '../../material/kfl-tokens.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const ENDS = ['svc', 'pod'] as const;

export const target: Target = {
  holds:
    'a filter has the tokens that it was built with whatever the values are, each value is one literal that means it, and a name that is none is refused with UsageError',
  seeds: () => [
    Buffer.from('orders\0shop\0'),
    Buffer.from('" || true || "\0\\" // x\0'),
    Buffer.from(`a')\n\u2028\ud800\0\\u0022\0`),
  ],
  words: ['"', '\\"', '\\', '\\\\', ' || ', ' && ', '//', '/*', ')', '\\u0022', '.matches("', '\n'],
  run: (input) => {
    const draw = new Draw(input);
    const values = Array.from({ length: 3 }, () => lone(draw.text(80)));
    for (const value of values) {
      same('a literal means its value', stringsOf(quote(value)), [value]);
      same('a literal is one token', skeletonOf(`a == ${quote(value)} && b`), 'a == "" && b');
    }
    const sample = (texts: readonly string[]) =>
      texts.map((text, at) => ({
        key: String(at),
        ts: 1,
        record: {
          ...{ src: { [ENDS[1]]: text, port: at }, dst: { svc: text, pod: text } },
          ...{ method: text, path: text, node_id: text, status: at, latency_ms: at },
        },
      }));
    const shapes = (texts: readonly string[]) =>
      splitFilters(sample(texts) as unknown as Parameters<typeof splitFilters>[0]).map(skeletonOf);
    same(
      'a filter that divides has one structure',
      shapes(values.map(pathless)),
      shapes(renamed(values.map(pathless))),
    );
    const [namespace = '', workload = ''] = values;
    same(
      'a filter of a scope has one structure',
      refusedOr(() => scopeShapes(namespace, workload)) ?? scopeShapes('n', 'w'),
      scopeShapes('n', 'w'),
    );
  },
};

function scopeShapes(namespace: string, workload: string): string[] {
  const options = { route: 'auto', namespace: [namespace], workload: [workload] } as const;
  return scopeFilters(options).flat().map(skeletonOf);
}

/** The same values by other names: those that are equal stay so. */
function renamed(values: readonly string[]): string[] {
  const told = [...new Set(values)];
  return values.map((value) => `v${told.indexOf(value)}`);
}

function refusedOr<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Half a pair stands for what is no UTF-8: JSON may hold one. */
function lone(text: string): string {
  return text.replaceAll('\ufffd', '\ud800');
}

/** A path's query is left out of its filter: two values would be one. */
function pathless(text: string): string {
  return text.replaceAll('?', '_');
}
