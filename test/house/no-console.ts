import { afterEach } from 'vitest';

/** Output is the faces' affair: a `console` call from src/ fails the test that met it. */
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir'] as const;

let stray: string[] = [];

for (const method of METHODS) {
  const original = console[method].bind(console) as (...given: unknown[]) => void;
  console[method] = (...given: unknown[]) => {
    const caller = new Error().stack?.split('\n')[2] ?? '';
    if (caller.includes('/src/') && !caller.includes('node_modules')) {
      stray.push(`console.${method} ${caller.trim()}`);
    }
    original(...given);
  };
}

afterEach(() => {
  const found = stray;
  stray = [];
  if (found.length > 0) throw new Error(`stray output: ${found.join('; ')}`);
});
