import type { Call } from '../call.ts';
import { redactedName } from '../redacted-name.ts';
import { literal, SECRET } from '../segment.ts';
import { jsonOf, textOf } from './text.ts';

/**
 * The action of an RPC that shares one path: SOAPAction, AWS's X-Amz-Target, JSON-RPC's method;
 * as a `#` token, or undefined.
 */
export function actionOf(call: Call): string | undefined {
  const header = call.requestHeaders.get('x-amz-target') ?? call.requestHeaders.get('soapaction');
  if (header) {
    const name = redactedName(header.replaceAll('"', ''));
    return token(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')) + 1));
  }
  if (call.method !== 'POST' || !textOf(call.requestBody).slice(0, 512).includes('"jsonrpc"')) {
    return undefined;
  }
  const body = jsonOf(call.requestBody);
  if (Array.isArray(body)) return '#batch';
  if (typeof body !== 'object' || body === null || !('method' in body)) return undefined;
  return typeof body.method === 'string' ? token(body.method) : undefined;
}

function token(name: string): string | undefined {
  if (redactedName(name) !== name) return `#${SECRET}`;
  return /^[\w.:/-]{1,100}$/.test(name) ? `#${literal(name)}` : undefined;
}
