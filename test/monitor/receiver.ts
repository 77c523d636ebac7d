import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Alert } from '../../src/monitor/alert.ts';

/** One message as it came. */
export interface Message {
  readonly id: string;
  readonly alert: Alert;
}

export interface Receiver {
  readonly url: string;
  readonly messages: readonly Message[];
  close(): Promise<void>;
}

/** A receiver of webhooks on loopback. `received` is told before it answers. */
export async function receiver(received: () => void = () => {}): Promise<Receiver> {
  const messages: Message[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const alert = JSON.parse(Buffer.concat(chunks).toString()) as Alert;
      messages.push({ id: String(request.headers['webhook-id']), alert });
      received();
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    messages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
