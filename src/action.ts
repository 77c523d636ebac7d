import process from 'node:process';
import { runAction } from './github/run-action.ts';
import { stopSignal } from './support/stop-signal.ts';

// What a library deprecates is no concern of who reads the log.
process.noDeprecation = true;

process.exitCode = await runAction({
  env: process.env,
  signal: stopSignal(process),
  log: process.stdout,
});
