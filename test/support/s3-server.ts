import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Who may do everything, and who may do nothing. */
export const ROOT = { access: 'root-key', secret: 'root-secret' };
export const STRANGER = { access: 'stranger-key', secret: 'stranger-secret' };
export const BUCKET = 'baselines';

export interface S3Server extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
}

const goBin = join(process.env.GOPATH?.split(delimiter)[0] ?? join(homedir(), 'go'), 'bin');
const env = { ...process.env, PATH: [process.env.PATH, goBin].join(delimiter) };

/** A real S3 server (versitygw) on a folder of its own, with one bucket. Throws where it is not installed. */
export async function s3Server(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'wireproof-s3-'));
  for (const name of [`data/${BUCKET}`, 'meta', 'iam']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  const port = await freePort();
  const keys = ['--access', ROOT.access, '--secret', ROOT.secret];
  const gateway = ['--port', `127.0.0.1:${port}`, '--iam-dir', join(folder, 'iam'), '--quiet'];
  const posix = ['posix', '--sidecar', join(folder, 'meta'), join(folder, 'data')];
  const child = spawn('versitygw', [...keys, ...gateway, ...posix], { env, stdio: 'ignore' });
  const gone = once(child, 'exit').then(
    ([code]) => `versitygw ended with ${code}`,
    (error: Error) => `${error.message}: install it with scripts/s3-server.sh`,
  );
  const ready = (async () => {
    while (!(await accepts(port))) await sleep(50);
  })();
  const failed = await Promise.race([ready, gone]);
  if (typeof failed === 'string') throw new Error(failed);
  const endpoint = ['--endpoint-url', `http://127.0.0.1:${port}`];
  const user = ['--access', STRANGER.access, '--secret', STRANGER.secret, '--role', 'user'];
  const admin = ['admin', ...keys, ...endpoint, 'create-user', ...user];
  await promisify(execFile)('versitygw', admin, { env });
  return {
    host: '127.0.0.1',
    port,
    async [Symbol.asyncDispose]() {
      child.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
  });
}
