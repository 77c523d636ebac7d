import { itemsOf, memberOf } from '../json-member.ts';
import { amount, port, text } from '../record-fields.ts';
import { serverSide } from '../server-name.ts';
import { requestBody, responseBody } from './har-body.ts';
import { requestHeaders, responseHeaders } from './har-headers.ts';
import { messageRecords } from './har-messages.ts';
import { latencyOf, startOf } from './timing.ts';

const MAX_URL = 128 * 1024;
/** How Chromium, Firefox and WebKit say that a page gave up a request. */
const GIVEN_UP = /^(?:net::ERR_ABORTED|NS_BINDING_ABORTED|(?:load request )?cancell?ed)$/i;
/** Who waits longer and gives up then may have waited for a server that hangs. */
const SOON_MS = 1000;
/** What a browser answers itself: no network shows it. */
const CACHES = new Set(['memory', 'disk', 'prefetch']);

/**
 * An entry of an archive as Kubeshark `full` records: the exchange, then the messages of its WebSocket.
 * None where no network was asked; one that can't be read where it is no entry.
 */
export function entryRecords(entry: unknown, index: number, caller: string): readonly object[] {
  const request = memberOf(entry, 'request');
  const response = memberOf(entry, 'response');
  const url = URL.parse(text(memberOf(request, 'url'), MAX_URL) ?? '');
  const ts = startOf(memberOf(entry, 'startedDateTime'));
  if (!url || ts === undefined) return [{ har: 'no entry' }];
  if (!/^(?:https?|wss?):$/.test(url.protocol)) return [];
  if (CACHES.has(String(memberOf(entry, '_fromCache')))) return [];
  const address = text(memberOf(entry, 'serverIPAddress'), 64)?.replace(/^\[|\]$/g, '');
  const listens = url.port === '' ? (/s:$/.test(url.protocol) ? 443 : 80) : Number(url.port);
  const connection = text(memberOf(entry, 'connection'), 512);
  const status = amount(memberOf(response, 'status')) || undefined;
  const method = text(memberOf(request, 'method'), 128) ?? '';
  if (isPreflight(request, method) || isGivenUp(entry, response)) return [];
  const record = {
    id: `entry-${index}`,
    ts,
    src: { svc: caller, ip: undefined, port: undefined },
    dst: serverSide(url.hostname, port(memberOf(entry, '_serverPort')) ?? listens, address),
    proto: 'http',
    method,
    path: url.pathname + url.search,
    status,
    latency_ms: status === undefined ? undefined : latencyOf(entry),
    conn_id: connection,
    // Pages act for users and by the clock: nothing tells what they act upon.
    cause: null,
    req_headers: requestHeaders(request, url),
    resp_headers: responseHeaders(response),
    req_body: requestBody(request),
    resp_body: isBodiless(method, status) ? null : responseBody(response),
    req_size: sizeOf(request),
    resp_size: sizeOf(response),
  };
  return [record, ...messageRecords(entry, record, url.hostname)];
}

/** What a browser asks by itself, as its cache has it, before it asks what a page told it to. */
function isPreflight(request: unknown, method: string): boolean {
  return (
    /^options$/i.test(method) &&
    itemsOf(request, 'headers').some((header) =>
      /^access-control-request-method$/i.test(String(memberOf(header, 'name'))),
    )
  );
}

/** Whether the page lost interest before an answer could be due: what was typed on, or left. */
function isGivenUp(entry: unknown, response: unknown): boolean {
  const why = memberOf(response, '_failureText') ?? memberOf(response, '_error');
  const time = amount(memberOf(entry, 'time')) ?? SOON_MS;
  return GIVEN_UP.test(String(why)) && time < SOON_MS;
}

/** Whether no body can be there: nothing was answered, or by RFC 9110 (6.4.1) nothing but headers. */
function isBodiless(method: string, status: number | undefined): boolean {
  return status === undefined || status === 204 || status === 304 || /^head$/i.test(method);
}

/** Bytes of the body on the wire; 0 is also written for what came from a cache. */
function sizeOf(message: unknown): number | undefined {
  return amount(memberOf(message, 'bodySize')) || undefined;
}
