import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { runCommandLine } from '../../src/terminal/run-command-line.ts';
import { generateNdjson } from '../support/records.ts';
import { withFile } from '../support/with-file.ts';

class Stream extends EventEmitter {
  text = '';
  readonly isTTY = false;
  write(text: string): void {
    this.text += text;
  }
}

async function printed(argv: readonly string[]): Promise<string> {
  const stdout = new Stream();
  const { signal } = new AbortController();
  const streams = { stdout, stderr: new Stream(), env: {}, signal };
  expect(await runCommandLine(argv, streams)).toBe(0);
  return stdout.text;
}

const inOrder = generateNdjson({ requests: 60 });
const lines = inOrder.trimEnd().split('\n');
const half = lines.length >> 1;
const outOfOrder = `${[...lines.slice(half), ...lines.slice(0, half)].join('\n')}\n`;

it.each([['profile'], ['graph', '--links']])(
  '%s of a file out of order is that of the same calls in order',
  async (...verb) => {
    const of = (text: string) =>
      withFile('calls.ndjson', text, (path) =>
        printed([verb[0] as string, path, ...verb.slice(1)]),
      );
    const expected = await of(inOrder);
    expect(expected.length).toBeGreaterThan(100);
    expect(await of(outOfOrder)).toBe(expected);
  },
);
