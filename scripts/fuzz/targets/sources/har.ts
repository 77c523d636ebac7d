import { harRecords } from '../../../../src/sources/har/har-records.ts';
import { recordsAlike } from '../../material/record-file.ts';
import type { Target } from '../../target.ts';

const ENTRY = {
  startedDateTime: '2023-11-14T22:13:20.000Z',
  time: 12.5,
  request: {
    method: 'POST',
    url: 'https://api.shop.example:8443/orders/1?a=b#c',
    httpVersion: 'HTTP/2.0',
    headers: [{ name: 'Host', value: 'api.shop.example' }],
    postData: {
      mimeType: 'application/x-www-form-urlencoded',
      params: [{ name: 'a', value: 'b' }],
      text: '',
    },
    bodySize: 3,
  },
  response: {
    status: 200,
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { size: 7, mimeType: 'application/json', text: 'eyJhIjoxfQ==', encoding: 'base64' },
    bodySize: -1,
  },
  serverIPAddress: '10.0.0.2',
  connection: '44',
  timings: { blocked: 1, dns: -1, connect: 2, send: 0.5, wait: 8, receive: 1, ssl: -1 },
};
const SOCKET = {
  ...ENTRY,
  _webSocketMessages: [
    { type: 'send', time: 1_700_000_000.5, opcode: 1, data: '{"a":1}' },
    { type: 'receive', time: 1_700_000_001, opcode: 2, data: 'AAEC' },
  ],
};
const archive = (...entries: readonly object[]) =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'Proxy', version: '1' },
      browser: { name: 'Firefox' },
      entries,
    },
  });

export const target: Target = {
  holds: 'an archive gives the same records however its bytes come; no entry stops the reading',
  seeds: () => [
    archive(ENTRY),
    archive(SOCKET, ENTRY),
    '{"log":{"entries":[{},1,{"request":{"url":"x"}}],"pages":[]}}',
    archive({ ...ENTRY, response: { status: 0 }, time: -1, timings: {} }),
  ],
  words: ['toString', '__proto__', '_webSocketMessages'],
  run: (input) => recordsAlike(Buffer.from(input), harRecords),
};
