import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaptureProblem, observationsOf } from '../../src/calls/observation.ts';
import { OutOfOrderError, readNdjson } from '../../src/sources/ndjson.ts';
import { CaptureError } from '../../src/support/errors.ts';
import { generateNdjson, generateRecords } from '../support/records.ts';

const text = generateNdjson({ requests: 60 });
const lines = text.trimEnd().split('\n');
const whole = { calls: lines.length, bad: 0, inOrder: true, problems: [] as string[] };
const half = Math.floor(text.length / 2);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndjson-test-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(content: string | Uint8Array): string {
  const path = join(folder, 'calls');
  writeFileSync(path, content);
  return path;
}

async function read(path: string, stdin?: Readable) {
  const capture = readNdjson(path, stdin);
  const result = { calls: 0, bad: 0, inOrder: true };
  let last = '';
  for await (const observation of observationsOf(capture)) {
    if (observation.kind === 'bad') result.bad++;
    else {
      const { ts, id } = observation.call;
      result.calls++;
      result.inOrder &&= `${ts} ${id}` >= last;
      last = `${ts} ${id}`;
    }
  }
  return { ...result, problems: capture.problems.map(({ code }: CaptureProblem) => code) };
}

describe('a whole capture', () => {
  test.each([
    ['plain', text],
    ['without a last newline', text.trimEnd()],
    ['CRLF', lines.join('\r\n')],
    ['with a byte order mark', `\ufeff${text}`],
    ['with blank lines', `\n\n${lines.join('\n\n  \n')}\n\n`],
    ['gzip', gzipSync(text)],
    [
      'gzip of several members',
      Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]),
    ],
    ['zstd', zstdCompressSync(text)],
    [
      'zstd of several frames',
      Buffer.concat([zstdCompressSync(text.slice(0, half)), zstdCompressSync(text.slice(half))]),
    ],
    [
      'zstd behind a skippable frame',
      Buffer.concat([Buffer.from('502a4d180100000000', 'hex'), zstdCompressSync(text)]),
    ],
    ['newest first', lines.toReversed().join('\n')],
    ['a JSON array', JSON.stringify(generateRecords({ requests: 60 }))],
    ['a JSON array over many lines', JSON.stringify(generateRecords({ requests: 60 }), null, 2)],
    ["an answer's calls", `{"total":1,"calls":[${lines.join(',')}],"truncated":false}`],
    [
      "an answer's calls over many lines",
      JSON.stringify({ calls: generateRecords({ requests: 60 }), truncated: false }, null, 2),
    ],
    [
      'objects over many lines',
      generateRecords({ requests: 60 })
        .map((r) => JSON.stringify(r, null, 2))
        .join('\n'),
    ],
  ])('%s', async (_, content) => {
    expect(await read(file(content))).toEqual(whole);
  });

  test.each([
    ['plain', text],
    ['compressed', gzipSync(text)],
    ['out of order', lines.toReversed().join('\n')],
  ])('from stdin, %s', async (_, content) => {
    const bytes = Buffer.from(content);
    const chunks = [...Array(Math.ceil(bytes.length / 1000)).keys()].map((i) =>
      bytes.subarray(i * 1000, (i + 1) * 1000),
    );
    expect(await read('-', Readable.from(chunks))).toEqual(whole);
    const single = [...bytes.subarray(0, 3)].map((byte) => Buffer.from([byte]));
    expect(await read('-', Readable.from([...single, bytes.subarray(3)]))).toEqual(whole);
  });
});

describe('a capture whose order is taken for granted', () => {
  const observed = async (content: string | Uint8Array) => {
    const seen: string[] = [];
    for await (const { kind, ...rest } of observationsOf(
      readNdjson(file(content), undefined, 'assumed'),
    )) {
      seen.push(`${kind} ${JSON.stringify(rest)}`);
    }
    return seen;
  };

  test('is the same where it is in order, but for some seconds', async () => {
    const late = [...lines.slice(1, 9), lines[0], ...lines.slice(9)].join('\n');
    const [first, second] = [await observed(text), await observed(late)];
    expect(first).toHaveLength(lines.length);
    expect(second).toEqual(first);
  });

  test('is refused where it is not', async () => {
    await expect(observed(lines.toReversed().join('\n'))).rejects.toThrow(OutOfOrderError);
    await expect(observed([...lines, lines[0]].join('\n'))).rejects.toThrow(OutOfOrderError);
  });
});

test('64-bit ids keep their digits', async () => {
  const expected = generateRecords({ requests: 1 }).map(({ conn_id }) => conn_id);
  const path = file(generateNdjson({ requests: 1 }));
  const seen: (string | undefined)[] = [];
  for await (const observation of observationsOf(readNdjson(path))) {
    if (observation.kind === 'call') seen.push(observation.call.connection);
  }
  expect(seen).toEqual(expected);
});

describe('a capture that is less than whole', () => {
  test('bad lines are counted where they stand', async () => {
    const content = [...lines.slice(0, 5), 'garbage', '{"id":1}', '\u0000', ...lines.slice(5)];
    expect(await read(file(content.join('\n')))).toEqual({ ...whole, bad: 3 });
  });

  test('lines of more than 16 MiB are bad, and not kept', async () => {
    const long = Buffer.alloc(17 * 1024 * 1024, 'x');
    const content = Buffer.concat([
      Buffer.from(`${lines[0]}\n`),
      long,
      Buffer.from(`\n${lines[1]}`),
    ]);
    expect(await read(file(content))).toEqual({ ...whole, calls: 2, bad: 1 });
  });

  test('cut inside a record', async () => {
    const content = `${lines.slice(0, 9).join('\n')}\n${lines[9]?.slice(0, 50)}`;
    expect(await read(file(content))).toMatchObject({ calls: 9, bad: 1, problems: ['incomplete'] });
  });

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('cut inside %s: gives what comes before', async (_, compress) => {
    const content = compress(generateNdjson({ requests: 900 }));
    const { calls, problems } = await read(
      file(content.subarray(0, Math.floor(content.length * 0.7))),
    );
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(14 * lines.length);
    expect(problems).toEqual(['incomplete']);
  });

  test('damaged inside gzip', async () => {
    const content = gzipSync(text);
    content.fill(0xff, 5000, 5100);
    expect((await read(file(content))).problems).toEqual(['incomplete']);
  });

  test('cut inside a document', async () => {
    const content = JSON.stringify(generateRecords({ requests: 60 }));
    const result = await read(file(content.slice(0, half)));
    expect(result.calls).toBeGreaterThan(0);
    expect(result.problems).toEqual(['incomplete']);
  });

  test('an answer that says itself that it is truncated', async () => {
    const content = `{"calls":[${lines.join(',')}],"total":99999,"truncated":true}`;
    expect(await read(file(content))).toEqual({ ...whole, problems: ['incomplete'] });
  });

  test('names the file and the reason in the problem', async () => {
    const path = file(gzipSync(text).subarray(0, 3000));
    const capture = readNdjson(path);
    for await (const _ of capture.batches);
    expect(capture.problems[0]?.message).toContain(path);
    expect(capture.problems[0]?.message).toContain('compressed');
  });
});

describe('what cannot be read at all', () => {
  const failure = async (path: string, stdin?: Readable) => {
    const error = await read(path, stdin).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CaptureError);
    const { message, hint, exitCode } = error as CaptureError;
    expect(exitCode).toBe(3);
    expect(hint).toBeTruthy();
    return message;
  };

  test('a missing file', async () => {
    const path = join(folder, 'missing');
    expect(await failure(path)).toBe(`cannot read ${path}: there is no such file`);
  });

  test('a directory', async () => {
    expect(await failure(folder)).toBe(`cannot read ${folder}: it is a directory`);
  });

  test.each([
    ['empty', ''],
    ['blank', ' \n\n'],
    ['of nothing, compressed', gzipSync('')],
    ['an empty array', '[]'],
  ])('a file that is %s', async (_, content) => {
    const path = file(content);
    expect(await failure(path)).toBe(`cannot read ${path}: it is empty`);
  });

  test('an empty stdin', async () => {
    expect(await failure('-', Readable.from([]))).toBe('cannot read stdin: it is empty');
  });

  test('a stdin that breaks', async () => {
    const broken = async function* () {
      yield Buffer.from(gzipSync(text).subarray(0, 100));
      throw Object.assign(new Error('read'), { code: 'EIO' });
    };
    expect(await failure('-', Readable.from(broken()))).toBe(
      'cannot read stdin: the system says EIO',
    );
  });

  test.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
    const path = file(text);
    chmodSync(path, 0);
    expect(await failure(path)).toBe(`cannot read ${path}: permission denied`);
  });
});

test('reading can stop early', async () => {
  for (const content of [text, gzipSync(text), zstdCompressSync(text)]) {
    for await (const observation of observationsOf(readNdjson(file(content)))) {
      expect(observation.kind).toBe('call');
      break;
    }
  }
});
