import { type AddressInfo, createServer, type Socket } from 'node:net';
import { makeDataset } from '../data/dataset.ts';
import { runChild } from '../processes/child-main.ts';
import { unixNow } from '../processes/unix-now.ts';
import type { ServiceMessage } from '../services/service.ts';
import { RespValues } from '../tap/resp-values.ts';
import { unmarkArguments } from '../tap/truth-marks.ts';

export interface CacheConfig {
  readonly dataSeed: number;
}

interface Entry {
  readonly value: string;
  readonly expires: number;
}

/** A cache that speaks Redis' protocol: the commands that the shop uses, and no more. Its fault is to refuse. */
runChild<CacheConfig>(async ({ dataSeed }) => {
  const entries = new Map<string, Entry>();
  for (const { id, name, email, token } of makeDataset(dataSeed).users) {
    entries.set(`session:${token}`, {
      value: JSON.stringify({ id, name, email }),
      expires: Number.POSITIVE_INFINITY,
    });
  }
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const commands = new RespValues();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      commands.push(chunk);
      for (let read = commands.next(); read; read = commands.next()) {
        const words = Array.isArray(read.value) ? read.value.map(String) : [];
        socket.write(reply(entries, unmarkArguments(words).args));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ready: { port: (server.address() as AddressInfo).port },
    tell: (message) => {
      if ((message as ServiceMessage).kind !== 'fault') return undefined;
      server.close();
      for (const socket of sockets) socket.destroy();
      return unixNow();
    },
  };
});

function reply(
  entries: Map<string, Entry>,
  [command, key = '', ...rest]: readonly string[],
): string {
  switch (command?.toUpperCase()) {
    case 'PING':
      return '+PONG\r\n';
    case 'GET': {
      const entry = entries.get(key);
      if (!entry || entry.expires <= performance.now()) return '$-1\r\n';
      return `$${Buffer.byteLength(entry.value)}\r\n${entry.value}\r\n`;
    }
    case 'SET': {
      const [value = '', unit, amount] = rest;
      const life = unit?.toUpperCase() === 'PX' ? Number(amount) : Number.POSITIVE_INFINITY;
      entries.set(key, { value, expires: performance.now() + life });
      return '+OK\r\n';
    }
    case 'DEL':
      return `:${entries.delete(key) ? 1 : 0}\r\n`;
    default:
      return `-ERR unknown command '${command}'\r\n`;
  }
}
