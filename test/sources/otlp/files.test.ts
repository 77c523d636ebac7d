import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messagesOf } from '../../../src/sources/otlp/framed.ts';
import { recordsOfTraces } from '../../../src/sources/otlp/records-of-spans.ts';
import { spansOfMessage } from '../../../src/sources/otlp/spans-of-message.ts';
import { Traces } from '../../../src/sources/otlp/traces.ts';
import { framed, type GivenSpan, otlpDocument, otlpProto } from '../../support/otlp.ts';
import { readContent } from '../../support/reading.ts';

const AT = 1_700_000_000_000;
const SPANS = [0, 1, 2, 3].map(
  (i): GivenSpan => ({
    service: i % 2 === 0 ? 'web' : 'orders',
    trace: `t${i}`,
    id: `s${i}`,
    kind: 'server',
    start: AT + 10 * (4 - i) + 0.125,
    end: AT + 100,
    failed: i === 3,
    attributes: {
      'http.request.method': 'GET',
      'url.path': '/é',
      'http.response.status_code': 200 + i,
    },
    links: [{ trace: 't9', id: 's9' }],
    state: 'ot=th:0',
  }),
);
const halves = [SPANS.slice(0, 2), SPANS.slice(2)];
const lines = halves.map((half) => `${JSON.stringify(otlpDocument(half))}\n`).join('');
const messages = halves.map(otlpProto);
const metrics = '{"resourceMetrics":[{"resource":{},"scopeMetrics":[]}]}\n';

it.each<[string, string | Uint8Array]>([
  ['a document a line', lines],
  ['metrics between', metrics + lines + metrics],
  ['one document', JSON.stringify(otlpDocument(SPANS))],
  ['one document over many lines', JSON.stringify(otlpDocument(SPANS), null, 2)],
  ['gzip', gzipSync(lines)],
  ['protobuf', framed(messages)],
  ['protobuf in zstd', zstdCompressSync(framed(messages))],
  ['each message in zstd', framed(messages.map((bytes) => zstdCompressSync(bytes)))],
  [
    'JSON, each message in zstd',
    framed(
      lines
        .trim()
        .split('\n')
        .map((line) => zstdCompressSync(line)),
    ),
  ],
])('every form gives the same calls in time order: %s', async (_, content) => {
  const { calls, bad, problems } = await readContent(content);
  expect({ bad, problems }).toEqual({ bad: [], problems: [] });
  expect(calls.map(({ ts, status, dst, path }) => [ts, status, dst.workload.name, path])).toEqual([
    [AT + 10.125, '203', 'orders', '/é'],
    [AT + 20.125, '202', 'web', '/é'],
    [AT + 30.125, '201', 'orders', '/é'],
    [AT + 40.125, '200', 'web', '/é'],
  ]);
  expect(calls).toEqual((await readContent(lines)).calls);
});

it('says where a file ends inside a message, and counts what is damaged', async () => {
  const file = framed(messages);
  const cut = await readContent(file.subarray(0, -9));
  expect(cut.calls).toHaveLength(2);
  expect(cut.problems).toMatchObject([{ code: 'incomplete' }]);
  const cutLines = await readContent(lines.slice(0, -9));
  expect(cutLines.problems).toMatchObject([{ code: 'incomplete' }]);
  const damaged = framed([
    messages[0] as Buffer,
    Buffer.from('0aff', 'hex'),
    messages[1] as Buffer,
  ]);
  const read = await readContent(damaged);
  expect(read.calls).toHaveLength(4);
  expect(read.bad).toHaveLength(1);
  const noSpan = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] });
  expect((await readContent(lines + noSpan)).bad).toHaveLength(1);
});

it.each([
  ['ot=th:8', {}],
  ['vendor=1,ot=rv:0;th:c', {}],
  ['ot=p:3;r:5', {}],
  ['', { 'sampling.probability': '0.1' }],
])('sampled traces are not all of the traffic: %s %j', async (state, attributes) => {
  const spans = SPANS.map((span) => ({ ...span, state, attributes }));
  const { problems } = await readContent(JSON.stringify(otlpDocument(spans)));
  expect(problems).toMatchObject([
    { code: 'incomplete', message: expect.stringContaining('4 of 4 spans') },
  ]);
});

it('takes messages apart wherever the chunks end', async () => {
  const file = framed(messages);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(file.length), { maxLength: 12 }), async (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), file.length];
      async function* chunks() {
        for (let i = 1; i < edges.length; i++) yield file.subarray(edges[i - 1], edges[i]);
      }
      const defects = { cut: false, truncated: false };
      const found: (Buffer | undefined)[] = [];
      for await (const message of messagesOf(chunks(), defects)) found.push(message);
      expect(found).toEqual(messages);
      expect(defects.cut).toBe(false);
    }),
  );
});

it('reads any bytes as spans or as damage, and changed bytes too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(255), (bytes, at, value) => {
      const changed = Buffer.from(messages[0] as Buffer);
      changed[at % changed.length] = value;
      for (const input of [Buffer.from(bytes), changed]) {
        for (const span of spansOfMessage(input)) {
          if (span) expect(span.trace).toMatch(/^[\da-f]{32}$/);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('a trace too long to be held is parted, and that is told', async () => {
  const traces = new Traces({ maxHeld: 500, maxSpans: 3 });
  const spans = [...Array(8).keys()].map((i) => ({ ...(SPANS[0] as GivenSpan), id: `x${i}` }));
  for (const span of spansOfMessage(otlpProto(spans))) if (span) await traces.add([span]);
  const problems: { code: string }[] = [];
  let records = 0;
  for await (const batch of recordsOfTraces(traces, problems as never)) records += batch.length;
  await traces.close();
  expect(records).toBe(8);
  expect(problems).toMatchObject([{ code: 'incomplete' }]);
});
