import { describe, expect, it } from 'vitest';
import { schemaTrees } from '../../../src/compare/view/schema-trees.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { fieldFinding, finding } from '../../support/judgements.ts';
import { operationPair, statsOf } from './make.ts';

const headers = new Map([['content-type', 'application/json']]);
const body = (value: unknown) => ({ state: 'whole', text: JSON.stringify(value) }) as const;
/** Ten calls, each of which ends with another status, and all with a request and a query. */
const stats = (...fields: readonly string[]) =>
  statsOf(10, (i) => ({
    path: '/things?page=1',
    status: String(200 + i),
    requestHeaders: headers,
    requestBody: body({ r: 1 }),
    responseHeaders: headers,
    responseBody: body(Object.fromEntries(fields.map((name) => [name, 1]))),
  }));
const pair = operationPair('things GET /things', stats('a', 'b'), stats('a', 'c'));
const none = new OperationStats();

const trees = (paths: readonly (string | undefined)[], room = { fields: 100 }, of = pair) =>
  schemaTrees(
    of,
    paths.map((path) => {
      const { path: _, ...rest } = finding();
      return path === undefined ? rest : fieldFinding(path);
    }),
    room,
  );
const messages = (...given: Parameters<typeof trees>) =>
  trees(...given).map(({ message, root }) => [message, root.children?.map(({ name }) => name)]);

describe('the schemas that findings speak of', () => {
  it('are one a message, with the fields of both sides', () => {
    expect(messages(['response 200 /b', 'response 201 /c', 'response 200 /c'])).toEqual([
      ['response 200', ['a', 'b', 'c']],
      ['response 201', ['a', 'b', 'c']],
    ]);
    const [tree] = trees(['response 200 /b']);
    expect(tree?.root.children).toEqual([
      {
        name: 'a',
        baseline: { type: 'integer', some: 1, all: 1 },
        candidate: { type: 'integer', some: 1, all: 1 },
      },
      { name: 'b', baseline: { type: 'integer', some: 1, all: 1 }, candidate: null },
      { name: 'c', baseline: null, candidate: { type: 'integer', some: 1, all: 1 } },
    ]);
  });

  it('are those of requests and of their queries, too', () => {
    expect(messages(['request /r', 'request query /page'])).toEqual([
      ['request', ['r']],
      ['request query', ['page']],
    ]);
  });

  it('are there where one side alone has the message', () => {
    const half = operationPair('things GET /things', stats('a'), none);
    expect(messages(['response 200 /a'], undefined, half)).toEqual([['response 200', ['a']]]);
    const other = operationPair('things GET /things', none, stats('a'));
    expect(messages(['response 200 /a'], undefined, other)).toEqual([['response 200', ['a']]]);
  });

  it('are none of places that are no messages, or that nobody saw', () => {
    expect(trees([undefined])).toEqual([]);
    expect(trees(['response 404 /a', 'request form /a'])).toEqual([]);
  });

  it('are six, as long as there is room for their fields', () => {
    const paths = Array.from({ length: 8 }, (_, i) => `response ${200 + i} /a`);
    expect(trees(paths).map(({ message }) => message)).toEqual(
      Array.from({ length: 6 }, (_, i) => `response ${200 + i}`),
    );
    const room = { fields: 5 };
    expect(trees(paths, room)).toHaveLength(2);
    expect(room.fields).toBeLessThanOrEqual(0);
    expect(trees(paths, { fields: 0 })).toEqual([]);
  });
});
