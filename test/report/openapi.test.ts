import { validate } from '@readme/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { openapiDocument, renderOpenapi } from '../../src/report/openapi.ts';
import { httpWorkloads } from '../../src/report/openapi-operations.ts';
import { parseRecord } from '../../src/sources/record.ts';
import { call, json } from '../support/calls.ts';
import { HOSTILE } from '../support/judgements.ts';
import { generateRecords, type RecordOptions } from '../support/records.ts';

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: { readonly type: string };
}

function profileOf(calls: readonly Call[]) {
  const profiler = new Profiler();
  for (const one of calls) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

function callsOf(options: RecordOptions): Call[] {
  return generateRecords(options).flatMap((record) => {
    const observation = parseRecord(record);
    return observation.kind === 'call' ? [observation.call] : [];
  });
}

function textOf(calls: readonly Call[], workloads?: readonly string[]): string {
  const profile = profileOf(calls);
  return renderOpenapi(openapiDocument(profile, workloads ?? httpWorkloads(profile)));
}

const documentOf = (calls: readonly Call[]) => JSON.parse(textOf(calls));

/** A hundred calls of `api`, each as `made` says. */
const calls = (made: (i: number) => Partial<Call>, count = 100) =>
  Array.from({ length: count }, (_, i) => call({ to: 'api', ts: 1000 * i, ...made(i) }));

async function expectValid(text: string): Promise<void> {
  const result = await validate(JSON.parse(text));
  expect(result.valid || result.errors).toBe(true);
  expect(result.warnings).toEqual([]);
}

describe('of the shop', () => {
  const shop = callsOf({ requests: 300, regressions: ['new-500'] });

  it('is a valid document with the paths of all workloads', async () => {
    const text = textOf(shop);
    await expectValid(text);
    const document = JSON.parse(text);
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual([
      '/api/items',
      '/api/orders',
      '/api/orders/{orderId}',
      '/api/users/{userId}',
      '/charges',
      '/events',
      '/reservations',
    ]);
    const post = document.paths['/api/orders'].post;
    expect(post.tags).toEqual(['gateway', 'orders']);
    expect(Object.keys(post.responses)).toEqual(['201', '502']);
    expect(post.servers.map(({ url }: { url: string }) => url)).toEqual([
      'http://gateway',
      'http://orders',
    ]);
    expect(document.paths['/api/users/{userId}'].parameters).toEqual([
      { name: 'userId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    ]);
    expect(document.paths['/api/items'].get.parameters).toMatchObject([
      { name: 'page', in: 'query', required: true, schema: { type: 'integer' } },
    ]);
  });

  it('holds every body that was seen', () => {
    const document = documentOf(shop);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    let checked = 0;
    for (const one of shop.filter(({ protocol }) => protocol === 'http')) {
      const path = pathOf(Object.keys(document.paths), one);
      const operation = document.paths[path][one.method.toLowerCase()];
      const media = operation.responses[one.status as string].content?.['application/json'];
      if (one.responseBody.state !== 'whole' || one.responseBody.text === '') continue;
      expect(ajv.validate(media.schema, JSON.parse(one.responseBody.text))).toBe(true);
      checked++;
    }
    expect(checked).toBeGreaterThan(500);
  });

  it('documents one workload with its own counts', async () => {
    const text = textOf(shop, ['orders']);
    await expectValid(text);
    const document = JSON.parse(text);
    expect(document.info.title).toBe('orders');
    expect(document.servers).toEqual([{ url: 'http://orders' }]);
    expect(Object.keys(document.paths)).toEqual(['/api/orders', '/api/orders/{orderId}']);
    const own = shop.filter(
      ({ dst, protocol }) => dst.workload.name === 'orders' && protocol === 'http',
    );
    expect(document['x-wireproof'].calls).toBe(own.length);
  });

  it('is the same in bytes for two halves merged either way', () => {
    const whole = textOf(shop);
    const middle = shop[Math.floor(shop.length / 2)]?.ts ?? 0;
    const halves = () => [
      profileOf(shop.filter(({ ts }) => ts < middle)),
      profileOf(shop.filter(({ ts }) => ts >= middle)),
    ];
    for (const order of [halves(), halves().reverse()]) {
      const [first, second] = order as [ReturnType<typeof profileOf>, ReturnType<typeof profileOf>];
      first.merge(second);
      expect(renderOpenapi(openapiDocument(first, httpWorkloads(first)))).toBe(whole);
    }
  });
});

describe('of messages', () => {
  it('tells parameters of the query by what they could be read as', async () => {
    const made = calls((i) => ({
      path: `/things?page=${i}&q=${'ab'.repeat(i % 9)}&tag=a&tag=b&deep=${i % 2 ? 'true' : 'false'}${i % 3 ? '&since=2026-01-01' : ''}`,
    }));
    await expectValid(textOf(made));
    const { parameters } = documentOf(made).paths['/things'].get;
    const told = Object.fromEntries(
      parameters.map(({ name, required, schema }: Parameter) => [name, [required, schema.type]]),
    );
    expect(told).toEqual({
      deep: [true, 'boolean'],
      page: [true, 'integer'],
      q: [true, 'string'],
      since: [false, 'string'],
      tag: [true, 'array'],
    });
  });

  it('takes names that are data for one parameter', async () => {
    const made = calls(
      (i) => ({ path: `/things?${String(i).padStart(8, '0')}-1111-4222-8333-444444444444=1` }),
      200,
    );
    await expectValid(textOf(made));
    const { parameters } = documentOf(made).paths['/things'].get;
    expect(parameters).toMatchObject([
      { name: 'others', style: 'form', explode: true, schema: { type: 'object' } },
    ]);
  });

  it('tells headers that matter, and leaves out those of the hop', async () => {
    const made = calls((i) => ({
      requestHeaders: new Map([
        ['host', 'api'],
        ['user-agent', 'x'],
        ['accept', '*/*'],
        ['x-tenant', 'acme'],
        ...(i % 2 ? [['if-match', '"1"'] as const] : []),
        ['authorization', i % 2 ? 'Bearer abc' : 'Basic abc'],
        ['__proto__', 'x'],
      ]),
      responseHeaders: new Map([
        ['cache-control', 'max-age=5'],
        ['date', 'now'],
        ['content-type', 'application/json'],
      ]),
      responseBody: json({ i }),
    }));
    await expectValid(textOf(made));
    const document = documentOf(made);
    const { get } = document.paths['/'];
    expect(get.parameters).toMatchObject([
      { name: 'if-match', in: 'header', required: false },
      { name: 'x-tenant', in: 'header', required: true },
    ]);
    expect(Object.keys(get.responses['200'].headers)).toEqual(['cache-control']);
    expect(get.security).toEqual([{ basic: [] }, { bearer: [] }]);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['basic', 'bearer']);
  });

  it('says when a credential was not always sent, or never', () => {
    const made = (some: boolean) =>
      calls((i) => ({
        requestHeaders: new Map([
          ['host', 'api'],
          ...(some && i % 2 ? [['x-api-key', 'k'] as const] : []),
        ]),
      }));
    expect(documentOf(made(true)).paths['/'].get.security).toEqual([{ 'x-api-key': [] }, {}]);
    expect(documentOf(made(false)).paths['/'].get.security).toEqual([]);
  });

  it('tells bodies by media type, also where none is named', async () => {
    const types = ['application/json', 'application/problem+json', '', 'text/plain', 'image/png'];
    const made = calls((i) => {
      const type = types[i % types.length] as string;
      return {
        method: 'POST',
        responseHeaders: new Map(type === '' ? [] : [['content-type', type]]),
        responseBody:
          type === 'image/png'
            ? { state: 'binary', bytes: new Uint8Array([1, 2]) }
            : type === 'text/plain'
              ? { state: 'whole', text: 'hello' }
              : json({ i }),
        requestHeaders: new Map([['content-type', 'application/x-www-form-urlencoded']]),
        requestBody: i % 2 ? { state: 'whole', text: `name=n${i}&tag=a` } : { state: 'absent' },
      };
    });
    await expectValid(textOf(made));
    const { post } = documentOf(made).paths['/'];
    expect(Object.keys(post.responses['200'].content)).toEqual([
      'application/json',
      'application/problem+json',
      'image/png',
      'text/plain',
    ]);
    expect(post.responses['200'].content['text/plain']).toEqual({ schema: { type: 'string' } });
    expect(post.requestBody).toMatchObject({
      required: false,
      content: { 'application/x-www-form-urlencoded': { schema: { required: ['name', 'tag'] } } },
    });
  });

  it('tells items of streams, parts of forms and shapes of XML apart from schemas', async () => {
    const bodies: [string, string][] = [
      ['application/x-ndjson', '{"a":1}\n{"a":2}\n'],
      ['text/event-stream', 'data: {"a":1}\n\n'],
      ['application/xml', '<a><b>1</b></a>'],
      [
        'multipart/form-data; boundary=x',
        '--x\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n--x--\r\n',
      ],
    ];
    const made = calls((i) => {
      const [type, text] = bodies[i % bodies.length] as [string, string];
      return {
        responseHeaders: new Map([['content-type', type]]),
        responseBody: { state: 'whole', text },
      };
    });
    await expectValid(textOf(made));
    const { content } = documentOf(made).paths['/'].get.responses['200'];
    expect(content['application/x-ndjson']['x-wireproof'].items.properties).toHaveProperty('a');
    expect(content['text/event-stream'].schema).toEqual({ type: 'string' });
    expect(content['application/xml']).not.toHaveProperty('schema');
    expect(content['multipart/form-data'].schema.properties).toEqual({ n: { type: 'string' } });
  });

  it('has a place for calls without a status, and none for methods OpenAPI has no word for', async () => {
    const made = calls((i) => ({
      method: i % 4 ? 'GET' : 'PROPFIND',
      status: i % 2 ? '204' : undefined,
      latency: i % 2 ? 5 : undefined,
    }));
    await expectValid(textOf(made));
    const document = documentOf(made);
    expect(Object.keys(document.paths['/'])).toEqual(['get']);
    expect(Object.keys(document.paths['/'].get.responses)).toEqual(['204', 'default']);
    expect(document['x-wireproof'].leftOut).toEqual([['http PROPFIND', 25]]);
  });
});

describe('of hostile names', () => {
  const names = [...HOSTILE, '__proto__', 'constructor', '{}', '{id}', '\u202egnp', '\u0085', ''];

  it('is valid, and shows nothing that a terminal reads or an editor hides', async () => {
    const made = names.flatMap((name, n) =>
      calls(
        (i) => ({
          id: `n1/${n}/${i}`,
          ts: 1000 * (100 * n + i),
          path: `/${encodeURIComponent(name.toWellFormed())}/x?${new URLSearchParams({ [name]: '1' })}`,
          requestHeaders: new Map([[name.toLowerCase(), 'x']]),
          responseHeaders: new Map([['content-type', 'application/json']]),
          responseBody: json({ [name]: { [name]: i } }),
        }),
        25,
      ).map((one) => ({
        ...one,
        dst: { ...one.dst, workload: { name: name || 'api', kind: 'service' as const } },
      })),
    );
    const text = textOf(made);
    await expectValid(text);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.stringify(JSON.parse(text), undefined, 2).length).toBeLessThanOrEqual(text.length);
  });
});

/** The path of the document that a call belongs to. */
function pathOf(paths: readonly string[], { path }: Call): string {
  const asked = path.split('?', 1)[0] as string;
  return paths
    .toSorted((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
    .find((one) => new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked)) as string;
}
