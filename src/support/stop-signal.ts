import type { EventEmitter } from 'node:events';

/**
 * Aborts at the first SIGINT or SIGTERM, so that work can put away what it began; a second one ends
 * the process at once, as by default.
 */
export function stopSignal(process: Pick<EventEmitter, 'on' | 'off'>): AbortSignal {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const stop = (name: string) => {
    for (const other of names) process.off(other, stop);
    controller.abort(new Error(`stopped by ${name}`));
  };
  for (const name of names) process.on(name, stop);
  return controller.signal;
}
