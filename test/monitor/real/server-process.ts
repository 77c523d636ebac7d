import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for any machine: nothing is measured, it only must not hang for ever. */
const DEADLINE_MS = 300_000;

export interface Started {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a real server on loopback with a configuration and a data directory of its own. */
export async function startServer(
  command: string,
  config: string,
  argsOf: (paths: { readonly config: string; readonly data: string }, address: string) => string[],
): Promise<Started> {
  const dir = await mkdtemp(join(tmpdir(), `${command}-`));
  const file = join(dir, 'config.yml');
  await writeFile(file, config);
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(command, argsOf({ config: file, data: join(dir, 'data') }, address), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: Buffer[] = [];
  child.stderr?.on('data', (part: Buffer) => log.push(part));
  const url = `http://${address}`;
  await eventually(`${command} to be ready`, async () => {
    if (child.exitCode !== null) throw new Error(Buffer.concat(log).toString('utf8').slice(-2_000));
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
    return answer?.ok || undefined;
  });
  return {
    url,
    async stop() {
      await end(child);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Asks until there is something. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(50);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
