import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/support/escape.ts';
import { describeError } from '../../src/terminal/describe-error.ts';
import { pipe } from '../../src/terminal/pipe.ts';
import { StderrProgress } from '../../src/terminal/stderr-progress.ts';

class Stream extends EventEmitter {
  readonly written: string[] = [];
  readonly isTTY: boolean;
  readonly columns = 40;
  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }
  write(text: string): void {
    this.written.push(text);
  }
}

describe('pipe', () => {
  it('falls silent when its reader goes away', async () => {
    const stream = new Stream();
    const { write, settle } = pipe(stream);
    write('a');
    stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    write('b');
    expect(stream.written).toEqual(['a']);
    await settle();
  });

  it('does not hide another error, and is no failed verdict', async () => {
    const stream = new Stream();
    const { settle } = pipe(stream);
    stream.emit('error', new Error('disk full'));
    await expect(settle()).rejects.toMatchObject({
      message: 'cannot write stdout: disk full',
      exitCode: 3,
    });
  });
});

describe('StderrProgress', () => {
  it('draws one bar on a terminal and takes it away for a line', () => {
    const stream = new Stream(true);
    const progress = new StderrProgress(stream, visible);
    progress.step('reading', 1, 2);
    progress.note('done');
    expect(stream.written).toEqual([
      '\r\u001b[2Kreading ████████████░░░░░░░░░░░░ 1/2',
      '\r\u001b[2K',
      'done\n',
    ]);
  });

  it('writes few lines where there is no terminal', () => {
    const stream = new Stream();
    const progress = new StderrProgress(stream, visible);
    for (let i = 0; i < 1_000; i++) progress.step('reading', i);
    progress.step('merging', 2, 2);
    progress.warn('a\u001b[2Jb');
    expect(stream.written).toEqual(['reading 0\n', 'merging 2/2\n', 'warning: a\\u{1b}[2Jb\n']);
  });

  it('cuts the bar to the width of the terminal', () => {
    const stream = new Stream(true);
    new StderrProgress(stream, visible).step('x'.repeat(100), 1);
    expect(stream.written[0]?.length).toBe('\r\u001b[2K'.length + 39);
  });
});

describe('describeError', () => {
  const { signal } = new AbortController();

  it('shows the stack and the cause of an unknown error', () => {
    const error = new Error('odd\u001b[2J', { cause: new Error('root') });
    const { lines, exitCode } = describeError(error, signal);
    expect(exitCode).toBe(3);
    expect(lines[0]).toBe('wireproof: unexpected error');
    expect(lines.join('\n')).toContain('output.test.ts');
    expect(lines.join('\n')).toContain('root');
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('takes anything that was thrown', () => {
    expect(describeError('a text', signal).lines).toEqual([
      'wireproof: unexpected error',
      "'a text'",
    ]);
  });
});
