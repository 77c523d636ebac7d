import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkBlock } from '../../../src/graph/link.ts';
import { type GivenSpan, otlpDocument, spanId, traceId } from '../../support/otlp.ts';
import { readContent } from '../../support/reading.ts';

/** What a service does while it handles a call: internal steps, and calls of other services. */
interface Work {
  readonly internal: boolean;
  /** Whether the caller's span, the callee's, or both were exported. */
  readonly sides: 'both' | 'client' | 'server';
  readonly steps: readonly Work[];
}

const workOf = fc.memo((depth: number): fc.Arbitrary<Work> => {
  const maxLength = depth > 1 ? 3 : 0;
  return fc.record({
    internal: fc.boolean(),
    sides: fc.constantFrom('both', 'client', 'server'),
    steps: fc.array(maxLength > 0 ? workOf() : fc.constant(LEAF), { maxLength }),
  });
});
const LEAF: Work = { internal: true, sides: 'both', steps: [] };

interface Truth {
  readonly spans: GivenSpan[];
  /** Call to the call that caused it, by name. */
  readonly causes: Map<string, string | null>;
}

/** The spans of a trace and, by construction, which call caused which. */
function tracesOf(roots: readonly Work[]): Truth {
  const spans: GivenSpan[] = [];
  const causes = new Map<string, string | null>();
  let count = 0;
  const nameOf = () => `s${count++}`;
  roots.forEach((root, i) => {
    const base = { trace: `t${i}`, start: 1_700_000_000_000 + i, end: 1_700_000_000_900 + i };
    const call = (id: string) => `${traceId(base.trace)}-${spanId(id)}`;
    const make = (
      { internal, sides, steps }: Work,
      service: string,
      parent: string | undefined,
      cause: string | null,
    ): void => {
      if (internal) {
        const id = nameOf();
        spans.push({ ...base, service, id, parent, kind: 'internal' });
        for (const step of steps) make(step, service, id, cause);
        return;
      }
      const callee = `${service}x`;
      const http = { 'http.request.method': 'GET', 'url.path': `/${callee}` };
      const client = sides === 'server' ? undefined : nameOf();
      if (client)
        spans.push({ ...base, service, id: client, parent, kind: 'client', attributes: http });
      const server = sides === 'client' ? undefined : nameOf();
      if (server) {
        const under = client ?? parent;
        spans.push({
          ...base,
          service: callee,
          id: server,
          parent: under,
          kind: 'server',
          attributes: http,
        });
      }
      const made = call((client ?? server) as string);
      causes.set(made, cause);
      if (server) for (const step of steps) make(step, callee, server, made);
    };
    make(root, 'a', undefined, null);
  });
  return { spans, causes };
}

it('links are the tree of spans, whatever their order and whichever side was exported', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(workOf(4), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      async (roots, order) => {
        const { spans, causes } = tracesOf(roots);
        const shuffled = spans
          .map((span) => ({ span, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ span }) => span);
        const lines = shuffled.map((span) => JSON.stringify(otlpDocument([span]))).join('\n');
        const { calls, bad } = await readContent(lines);
        expect(bad).toEqual([]);
        expect(new Map(calls.map(({ id, cause }) => [id, cause]))).toEqual(causes);
        const links = linkBlock(calls, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
        const linked = links.map(({ child, parent, confidence }) => [
          calls[child]?.id,
          parent === null ? null : calls[parent]?.id,
          confidence,
        ]);
        expect(linked).toEqual(calls.map(({ id }) => [id, causes.get(id), 1]));
      },
    ),
    { numRuns: 60 },
  );
});
