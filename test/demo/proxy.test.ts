import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EdgeProxy } from '../../demo/tap/proxy.ts';
import { Recorder } from '../../demo/tap/recorder.ts';

const party = { ip: '10.0.0.2' };
const edge = { from: 'a', to: 'b', protocol: 'http', caller: { ip: '10.0.0.1' } } as const;
const request = 'GET / HTTP/1.1\r\nhost: b\r\n\r\n';

/** What a caller gets that sends a request through the tap to `port`, and what the tap recorded. */
async function ask(port: number) {
  const recorder = new Recorder('seed');
  recorder.begin(0);
  const proxy = new EdgeProxy(edge, recorder);
  const client = connect(await proxy.listen(), '127.0.0.1');
  proxy.target([{ service: 'b', port, party }]);
  client.write(request);
  client.on('data', () => client.end());
  const code = await new Promise<string | undefined>((resolve) => {
    client.on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code));
    client.on('close', () => resolve(undefined));
  });
  proxy.close();
  await new Promise((resolve) => setImmediate(resolve));
  return { code, count: recorder.texts().summary.count };
}

describe('EdgeProxy', () => {
  it('refuses for a callee that does: no byte of the request has crossed, no call is recorded', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await ask(port)).toEqual({ code: 'ECONNRESET', count: 0 });
  });

  it('records what it forwards', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await ask(port)).toEqual({ code: undefined, count: 1 });
    server.close();
  });
});
