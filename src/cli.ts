#!/usr/bin/env node
import process from 'node:process';
import { VERSION } from './version.ts';

// What a library deprecates is no concern of who reads the log.
process.noDeprecation = true;

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
