import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { makeDataset } from '../data/dataset.ts';
import { runChild } from '../processes/child-main.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { databaseSql } from './schema.ts';

export interface PostgresConfig {
  /** Of the whole server. */
  readonly maxConnections: number;
  /** The services that log in, and how many connections each may have. */
  readonly roles: Readonly<Record<string, number>>;
}

/** The user that PostgreSQL runs as where the demo runs as root, which it refuses: nobody. */
const nobody = { uid: 65_534, gid: 65_534 };
const login = { host: '127.0.0.1', user: 'postgres', database: 'postgres' };

/** A real PostgreSQL server in a folder of its own, on loopback; it is gone when this process is. */
runChild<PostgresConfig>(async ({ maxConnections, roles }) => {
  const binaries = postgresBinaries();
  const user = process.getuid?.() === 0 ? nobody : {};
  const folder = await mkdtemp(join(tmpdir(), 'wireproof-postgres-'));
  if ('uid' in user) await chown(folder, nobody.uid, nobody.gid);
  const options = { cwd: folder, ...user };
  const create = ['-D', 'data', '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  await promisify(execFile)(join(binaries, 'initdb'), [...create, '--no-sync'], options);
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    fsync: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', 'data', ...flags], {
    ...options,
    stdio: 'ignore',
  });
  process.on('exit', () => {
    // Ends at once; the folder goes with it.
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });
  await answers(port);
  return {
    ready: { port },
    tell: async (message) => {
      const { dataSeed } = message as { dataSeed: number };
      await withClient(port, async (client) => {
        await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
        await client.query(databaseSql(makeDataset(dataSeed)));
        for (const [role, limit] of Object.entries(roles)) {
          await client.query(`DROP OWNED BY ${role}`).catch(() => {});
          await client.query(`DROP ROLE IF EXISTS ${role}`);
          await client.query(`CREATE ROLE ${role} LOGIN CONNECTION LIMIT ${limit}`);
        }
        await client.query('GRANT USAGE ON SCHEMA public TO PUBLIC');
        await client.query('GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC');
        await client.query('GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO PUBLIC');
      });
    },
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    },
  };
});

/** PostgreSQL takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      return await withClient(port, async () => {});
    } catch {
      await sleep(50);
    }
  }
  throw new Error('PostgreSQL did not start');
}

async function withClient(port: number, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...login, port });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
