#!/usr/bin/env node
import process from 'node:process';
import { VERSION } from './version.ts';

// What a library deprecates is no concern of who reads the log.
process.noDeprecation = true;

// Not 1, which says that something broke in what was judged.
process.on('uncaughtException', async ({ message, stack }) => {
  const { visible } = await import('./support/escape.ts');
  const lines = (stack ?? message).split('\n', 12).map((line) => visible(line, 500));
  process.stderr.write(`wireproof ended unexpectedly: ${lines.join('\n')}\n`);
  process.exit(3);
});

const argv = process.argv.slice(2);
if (argv.length === 1 && argv[0] === '--version') {
  process.stdout.write(`${VERSION}\n`);
} else {
  const [{ runCommandLine }, { stopSignal }] = await Promise.all([
    import('./terminal/run-command-line.ts'),
    import('./support/stop-signal.ts'),
  ]);
  process.exitCode = await runCommandLine(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: stopSignal(process),
  });
}
