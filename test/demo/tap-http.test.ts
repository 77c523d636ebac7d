import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpConversation } from '../../demo/tap/http.ts';
import { type Crossing, fromClient, fromServer, hear, sizes } from './splits.ts';

const open = (emit: ConstructorParameters<typeof HttpConversation>[0]) =>
  new HttpConversation(emit);

const body = fc.string({ maxLength: 80, unit: 'grapheme' });
const message = fc.record({
  body,
  framing: fc.constantFrom('length' as const, 'chunked' as const),
  chunk: fc.integer({ min: 1, max: 30 }),
});
const exchange = fc.record({
  request: message,
  response: message,
  status: fc.constantFrom(200, 201, 404, 503),
  interim: fc.boolean(),
});

function framed(
  startLine: string,
  { body, framing, chunk }: { body: string; framing: string; chunk: number },
) {
  const bytes = Buffer.from(body);
  if (framing === 'length') {
    return Buffer.concat([
      Buffer.from(`${startLine}\r\nX-Kind: a\r\nContent-Length: ${bytes.length}\r\n\r\n`),
      bytes,
    ]);
  }
  const parts = [Buffer.from(`${startLine}\r\nTransfer-Encoding: chunked\r\n\r\n`)];
  for (let at = 0; at < bytes.length; at += chunk) {
    const piece = bytes.subarray(at, at + chunk);
    parts.push(Buffer.from(`${piece.length.toString(16)};x=1\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\nTrailer: t\r\n\r\n')]);
}

describe('HttpConversation', () => {
  it('reads the same calls however the bytes are cut, keep-alive and pipelined', () => {
    fc.assert(
      fc.property(
        fc.array(exchange, { maxLength: 5 }),
        fc.boolean(),
        sizes,
        (all, pipelined, cuts) => {
          const pairs = all.map((each, at): [Crossing, Crossing] => [
            fromClient(framed(`POST /things/${at} HTTP/1.1`, each.request)),
            fromServer(
              Buffer.concat([
                Buffer.from(each.interim ? 'HTTP/1.1 100 Continue\r\n\r\n' : ''),
                framed(`HTTP/1.1 ${each.status} Said`, each.response),
              ]),
            ),
          ]);
          const crossings = pipelined
            ? [...pairs.map(([request]) => request), ...pairs.map(([, response]) => response)]
            : pairs.flat();
          const heard = hear(open, crossings, cuts);
          expect(heard).toEqual(hear(open, crossings));
          expect(heard.map((h) => [h.path, h.status, h.requestBody, h.responseBody])).toEqual(
            all.map((each, at) => [
              `/things/${at}`,
              each.status,
              each.request.body,
              each.response.body,
            ]),
          );
          expect(heard.reduce((sum, h) => sum + h.requestSize, 0)).toBe(
            pairs.reduce((sum, [request]) => sum + request.bytes.length, 0),
          );
        },
      ),
    );
  });

  it('knows answers that have no body, and bodies that end with the connection', () => {
    const heard = hear(
      open,
      [
        fromClient('HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n'),
        fromServer('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'),
        fromClient('DELETE /b HTTP/1.1\r\n\r\n'),
        fromServer('HTTP/1.1 204 No Content\r\n\r\n'),
        fromClient('GET /c HTTP/1.1\r\n\r\n'),
        fromServer('HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n'),
        fromClient('GET /d HTTP/1.1\r\n\r\n'),
        fromServer('HTTP/1.1 200 OK\r\n\r\nuntil the end'),
      ],
      [3],
    );
    expect(heard.map((h) => [h.method, h.status, h.responseBody])).toEqual([
      ['HEAD', 200, ''],
      ['DELETE', 204, ''],
      ['GET', 304, ''],
      ['GET', 200, 'until the end'],
    ]);
  });

  it('tells a request without an answer, and one with half an answer, as unanswered', () => {
    const asked = fromClient('GET /a HTTP/1.1\r\n\r\n');
    const [none] = hear(open, [asked]);
    expect(none).toMatchObject({ path: '/a', status: undefined, end: undefined });
    const half = fromServer('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    const [cut] = hear(open, [asked, half]);
    expect(cut).toMatchObject({ path: '/a', end: undefined, responseBody: 'half' });
  });

  it('keeps the marks of the truth out of the record and of its size', () => {
    const plain = 'GET /a HTTP/1.1\r\nhost: x\r\n\r\n';
    const marked =
      'GET /a HTTP/1.1\r\nhost: x\r\nX-Demo-Call: gw:7\r\nx-demo-cause: client:3\r\n\r\n';
    const answer = fromServer('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    const [heard] = hear(open, [fromClient(marked), answer]);
    expect(heard).toMatchObject({
      requestHeaders: { host: 'x' },
      requestSize: plain.length,
      truth: { call: 'gw:7', cause: 'client:3' },
    });
  });

  it('joins a repeated header and stops reading after an upgrade', () => {
    const heard = hear(open, [
      fromClient('GET /ws HTTP/1.1\r\nX-A: 1\r\nX-A: 2\r\nUpgrade: websocket\r\n\r\n'),
      fromServer('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'),
      fromServer(Buffer.from([0x81, 0x05, 1, 2, 3, 4, 5])),
      fromClient('GET /not-http HTTP/1.1\r\n\r\n'),
    ]);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ status: 101, requestHeaders: { 'X-A': '1, 2' } });
  });
});
