import { existsSync } from 'node:fs';

/**
 * Preloaded into a process (`NODE_OPTIONS=--import`), it sets the clock that the process sees, as
 * somebody who sets the machine's would: by SET_CLOCK_BY ms, once there is a file SET_CLOCK_WHEN.
 */
const real = Date.now;
const { SET_CLOCK_BY, SET_CLOCK_WHEN = '' } = process.env;
Date.now = () => real() + (existsSync(SET_CLOCK_WHEN) ? Number(SET_CLOCK_BY) : 0);
