import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What must hold of the sources before a test runs: scripts of package.json. */
const CHECKS = ['types', 'check:dist', 'lint'];

/** Side by side, for each has one thread; what each says stays together. Exits 1 where one fails. */
await Promise.all(CHECKS.map(check));

async function check(name: string): Promise<void> {
  const child = spawn('sh', ['-c', `npm run ${name} 2>&1`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const said = await text(child.stdout);
  process.stdout.write(said);
  if ((await ended) === 0) return;
  process.stdout.write(`${name} failed\n`);
  process.exitCode = 1;
}
