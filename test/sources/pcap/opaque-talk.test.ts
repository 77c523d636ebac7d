import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Connections } from '../../../src/sources/pcap/connections.ts';
import { Names } from '../../../src/sources/pcap/names/names.ts';
import { TlsHello } from '../../../src/sources/pcap/protocols/tls-hello.ts';

const CLIENT = { ip: '10.0.0.1', port: 40_000 };
const SERVER = { ip: '93.184.215.14', port: 443 };
const NAMES = new Names([{ ip: CLIENT.ip, svc: 'shop' }]);
const DATA = Buffer.from([23, 3, 3, 0, 4, 1, 2, 3, 4]);

let hello: Buffer;
let nameless: Buffer;
beforeAll(async () => {
  hello = await helloTo('fraud.example.io');
  nameless = await helloTo('');
});

/** What Node's own TLS client sends first. */
async function helloTo(servername: string): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false });
  client.on('error', () => undefined);
  const [socket] = await once(server, 'connection');
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  client.destroy();
  server.close();
  return bytes;
}

/** Who talked to whom on connections of which each sends these bytes, first the client. */
function talksOf(...connections: readonly (readonly [client: Buffer[], server: Buffer[]])[]) {
  const heard = new Connections(() => expect.unreachable());
  for (const [i, [sent, answered]] of connections.entries()) {
    const client = { ...CLIENT, port: CLIENT.port + i };
    const say = (from: 'client' | 'server', chunks: readonly Buffer[]) => {
      let seq = 1;
      for (const payload of chunks) {
        const flags = { syn: false, ack: true, fin: false, rst: false };
        const [src, dst] = from === 'client' ? [client, SERVER] : [SERVER, client];
        heard.add({ now: seq, src, dst, tcp: { ...flags, seq, length: payload.length }, payload });
        seq += payload.length;
      }
    };
    say('client', sent);
    say('server', answered);
  }
  heard.end();
  return heard.opaque
    .talks(NAMES)
    .map(({ ends: { src, dst }, connections, packets }) => [
      `${src.workload.name} → ${dst.workload.name}`,
      connections,
      packets,
    ]);
}

it('TLS goes by the name that is asked for, also where its hello comes in parts or was before the capture', () => {
  const parts = [hello.subarray(0, 40), hello.subarray(40, 300), hello.subarray(300)];
  expect(talksOf([[hello, DATA], [DATA]], [parts, [DATA]], [[DATA, DATA], [DATA]])).toEqual([
    ['shop → fraud.example.io', 3, 10],
  ]);
  expect(talksOf([[nameless, DATA], [DATA]])).toEqual([['shop → outside', 1, 3]]);
});

it('what speaks no known protocol is kept as well', () => {
  const bytes = Buffer.from([0xde, 0xad, 0xbe, 0xef]);
  expect(talksOf([[bytes], [bytes]])).toEqual([['shop → outside', 1, 2]]);
});

it('a hello is read in any cuts, and what is none breaks nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(hello.length), { maxLength: 5 }), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), hello.length];
      const read = new TlsHello();
      for (let i = 1; i < edges.length; i++) read.push(hello.subarray(edges[i - 1], edges[i]));
      expect(read).toMatchObject({ isClient: true, name: 'fraud.example.io' });
    }),
  );
  fc.assert(
    fc.property(fc.nat(hello.length - 1), fc.nat(255), (at, value) => {
      const changed = Buffer.from(hello);
      changed[at] = value;
      const read = new TlsHello();
      read.push(changed);
      expect(read.name ?? '').toMatch(/^[a-z0-9._-]*$/);
    }),
  );
});
