import process from 'node:process';
import { runAction } from './github/run-action.ts';
import { stopSignal } from './support/stop-signal.ts';

process.exitCode = await runAction({
  env: process.env,
  signal: stopSignal(process),
  log: process.stdout,
});
