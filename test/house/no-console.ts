import { afterAll, afterEach } from 'vitest';

/** Output is the faces' affair: a `console` call from src/ fails the test that met it. */
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir'] as const;

let stray: string[] = [];

const originals = METHODS.map((method) => {
  const original = console[method];
  console[method] = (...given: unknown[]) => {
    const caller = new Error().stack?.split('\n')[2] ?? '';
    if (caller.includes('/src/') && !caller.includes('node_modules')) {
      stray.push(`console.${method} ${caller.trim()}`);
    }
    (original as (...given: unknown[]) => void).apply(console, given);
  };
  return [method, original] as const;
});

afterEach(() => {
  const found = stray;
  stray = [];
  if (found.length > 0) throw new Error(`stray output: ${found.join('; ')}`);
});

// The next file of the same process watches for itself.
afterAll(() => {
  for (const [method, original] of originals) console[method] = original;
});
