import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { observationsOf } from '../../../src/calls/observation.ts';
import { OtlpReceiver } from '../../../src/sources/otlp/receiver.ts';
import { type GivenSpan, otlpDocument, otlpProto } from '../../support/otlp.ts';

const AT = 1_700_000_000_000;
const SPAN: GivenSpan = {
  service: 'web',
  trace: 't',
  id: 's',
  kind: 'server',
  start: AT,
  end: AT + 5,
};
const PROTO = 'application/x-protobuf';

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await OtlpReceiver.start({ host: '127.0.0.1', port: 0 }, '--otlp-listen');
});
afterEach(() => receiver.close());

const post = async (body: Buffer | string, headers: Record<string, string>, path = '/v1/traces') =>
  (await fetch(receiver.url + path, { method: 'POST', body: body as never, headers })).status;

async function received(window = { start: AT - 1, end: AT + 1_000 }) {
  const { batches, problems } = receiver.capture(window);
  const ids: string[] = [];
  for await (const one of observationsOf({ batches }))
    if (one.kind === 'call') ids.push(one.call.id.slice(-2));
  return {
    ids,
    codes: problems.map(({ code }) => code),
    messages: problems.map(({ message }) => message),
  };
}

it('takes protobuf and JSON, plain and gzipped, many at once, and lets metrics go', async () => {
  const named = (id: string) => ({ ...SPAN, trace: id, id });
  const json = JSON.stringify(otlpDocument([named('c')]));
  const statuses = await Promise.all([
    post(otlpProto([named('a')]), { 'content-type': PROTO }),
    post(gzipSync(otlpProto([named('b')])), { 'content-type': PROTO, 'content-encoding': 'gzip' }),
    post(json, { 'content-type': 'application/json; charset=utf-8' }),
    post('{}', { 'content-type': 'application/json' }, '/v1/metrics'),
  ]);
  expect(statuses).toEqual([200, 200, 200, 200]);
  expect(await received()).toMatchObject({ ids: ['61', '62', '63'], codes: [] });
});

it('calls outside of the window do not count, and silence is told', async () => {
  await post(otlpProto([SPAN]), { 'content-type': PROTO });
  expect(await received({ start: AT + 1, end: AT + 9 })).toEqual({
    ids: [],
    codes: ['no-calls'],
    messages: [expect.stringMatching(/^all 1 calls .* began before or after the scenario/)],
  });
});

it('where nothing came at all, says what to set', async () => {
  const { messages } = await received();
  expect(messages).toEqual([expect.stringMatching(/^no span .*OTEL_EXPORTER_OTLP_ENDPOINT/)]);
});

it('refuses what it can not read, and the capture is not whole then', async () => {
  expect(await post('hello', { 'content-type': 'text/plain' })).toBe(415);
  expect(await post('x', { 'content-type': PROTO, 'content-encoding': 'br' })).toBe(415);
  expect(await post('x', { 'content-type': PROTO, 'content-encoding': 'gzip' })).toBe(400);
  expect(await post(Buffer.from('0aff', 'hex'), { 'content-type': PROTO })).toBe(400);
  expect(
    await post(gzipSync(Buffer.alloc(65 * 1024 * 1024)), {
      'content-type': PROTO,
      'content-encoding': 'gzip',
    }),
  ).toBe(400);
  expect(await post('x', { 'content-type': PROTO }, '/other')).toBe(404);
  await post(otlpProto([SPAN]), { 'content-type': PROTO });
  expect(await received()).toMatchObject({ ids: ['73'], codes: ['incomplete'] });
});
