import { parentPort } from 'node:worker_threads';
import { CaptureError } from '../../../src/support/errors.ts';
import { ourCounts } from './our-counts.ts';

/** Reads the captures that it is told of, one after another. Whatever else is thrown ends it. */
parentPort?.on('message', async (file: string) => {
  try {
    parentPort?.postMessage({ reading: await ourCounts(file) });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    parentPort?.postMessage({ refused: error.message });
  }
});
