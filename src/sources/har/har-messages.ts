import { itemsOf, memberOf } from '../json-member.ts';
import { amount, text } from '../record-fields.ts';
import type { RecordSide } from '../server-name.ts';

/** The exchange that opened the socket. */
interface Opening {
  readonly id: string;
  readonly src: RecordSide;
  readonly dst: RecordSide;
  readonly path: string;
  readonly conn_id: string | undefined;
  readonly req_headers: readonly { readonly name: string; readonly value: unknown }[];
}

const MAX_DATA = 16 * 1024 * 1024;
const BINARY = 2;

/** The messages of an entry's WebSocket, as Chromium and Playwright keep them: each a call of its own. */
export function messageRecords(entry: unknown, opening: Opening, host: string): readonly object[] {
  const server = { ...opening.dst, svc: opening.dst.svc ?? host };
  return itemsOf(entry, '_webSocketMessages').map((message, i) => {
    const sent = memberOf(message, 'type') === 'send';
    const content = text(memberOf(message, 'data'), MAX_DATA) ?? '';
    const encoding = memberOf(message, 'opcode') === BINARY ? 'base64' : 'utf8';
    const seconds = amount(memberOf(message, 'time'));
    return {
      id: `${opening.id}-${i}`,
      ts: seconds === undefined ? undefined : Math.round(seconds * 1e6) / 1e3,
      src: sent ? opening.src : server,
      dst: sent ? opening.dst : opening.src,
      proto: 'ws',
      method: sent ? 'SEND' : 'RECEIVE',
      path: opening.path,
      conn_id: opening.conn_id,
      cause: null,
      req_headers: opening.req_headers.filter(({ name }) => name.toLowerCase() === 'host'),
      req_body: { encoding, content, truncated: false },
    };
  });
}
