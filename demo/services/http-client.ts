import { type ClientRequest, type RequestOptions, request } from 'node:http';
import type { HttpAnswer } from './outbound.ts';
import { UpstreamError } from './upstream.ts';

/** Sends a request and reads the JSON of its answer. Throws UpstreamError where none comes within `timeout` ms. */
export function exchange<Body>(
  options: RequestOptions,
  payload: string | undefined,
  timeout: number,
): Promise<HttpAnswer<Body>> {
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        try {
          const body = text === '' ? undefined : JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        } catch (cause) {
          reject(cause);
        }
      });
    });
    const late = new UpstreamError(504, `no answer in ${timeout} ms`);
    const timer = setTimeout(() => sent.destroy(late), timeout);
    sent.on('close', () => clearTimeout(timer));
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      // The callee may end a connection that rests just as it is used again: that is no failure yet.
      if (cameTooLate(sent, cause)) resolve(exchange(options, payload, timeout));
      else reject(cause === late ? late : new UpstreamError(502, cause.message));
    });
    sent.end(payload);
  });
}

function cameTooLate(sent: ClientRequest, { code }: NodeJS.ErrnoException): boolean {
  return sent.reusedSocket && code === 'ECONNRESET';
}
