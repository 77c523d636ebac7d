import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { linked } from '../../src/commands/linked.ts';
import { profileFile } from '../../src/commands/profile-file.ts';
import { inThread } from '../../src/commands/thread/in-thread.ts';
import { linkKept } from '../../src/incident/reading/link-kept.ts';
import { partOf } from '../../src/incident/reading/reading.ts';
import { readTraffic } from '../../src/incident/reading/traffic-reader.ts';
import { encodeProfile } from '../../src/profile/codec.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { recognise } from '../../src/sources/recognise.ts';
import { generateNdjson } from '../support/records.ts';
import { commandIO } from '../support/running.ts';
import { withFile } from '../support/with-file.ts';

/** Half an hour of calls, of which some are seen twice. */
const text = generateNdjson({ requests: 180, every: 10_000, seenTwice: 0.2 });
const lines = text.trimEnd().split('\n');
const zipped = gzipSync(text);

/** The profile's text, and what was noted meanwhile. */
async function profiled(path: string, options = {}) {
  const noted = commandIO();
  const format = await recognise(path);
  if (format === 'profile') throw new Error('a profile');
  const profile = await profileFile(path, format, noted.io, options, 0);
  return { text: encodeProfile(profile), notes: noted.noted };
}

describe('a large file', () => {
  it.each([
    ['in order', text],
    ['newest first', lines.toReversed().join('\n')],
    [
      'with records that cannot be read',
      ['x', ...lines.slice(0, 90), '{}', ...lines.slice(90), 'x'].join('\n'),
    ],
    ['cut', zipped.subarray(0, zipped.length - 1_000)],
  ])('%s has in two threads the profile that it has in one', (_, content) =>
    withFile('calls.ndjson', content, async (path) => {
      const { text: both, notes } = await profiled(path);
      expect(notes).toEqual([`profiling ${path} in two threads`]);
      expect(both).toBe(encodeProfile(await profileCapture(readNdjson(path))));
    }),
  );

  it('is named and redacted alike in both threads', () =>
    withFile('calls.ndjson', text, async (path) => {
      const identity = [{ by: 'service', pattern: '*', workload: 'the-*' }] as const;
      const options = { identity, redact: ['total'] };
      const { text: both } = await profiled(path, options);
      expect(both).toContain('"the-');
      expect(both).toBe(encodeProfile(await profileCapture(readNdjson(path), options)));
    }));

  it('of a short time is profiled in one', () =>
    withFile('calls.ndjson', generateNdjson({ requests: 50 }), async (path) => {
      const { text: alone, notes } = await profiled(path);
      expect(notes).toEqual([]);
      expect(alone).toBe(encodeProfile(await profileCapture(readNdjson(path))));
    }));

  it('without any call is refused with the reason', () =>
    withFile('calls.ndjson', '{"id":1}\n{"id":2}\n', async (path) => {
      await expect(profiled(path)).rejects.toThrow(/none of its 2 records is a call \(ts: missing/);
    }));
});

describe('another thread', () => {
  const part = (path: string) => ({
    path,
    inOrder: true,
    range: { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    options: {},
  });

  it('that fails leaves the work to who asked, and says so', async () => {
    const noted = commandIO();
    expect(await inThread('part', part('/no/such/file'), noted.io)).toBeUndefined();
    expect(noted.noted[0]).toMatch(/^a second thread stopped, going on in one: .*no such file/);
    const uncopyable = { ...part('x'), options: { owns: () => true } };
    expect(await inThread('part', uncopyable, noted.io)).toBeUndefined();
  });

  it('stops when the command is stopped', () =>
    withFile('calls.ndjson', text, async (path) => {
      const controller = new AbortController();
      const asked = inThread('part', part(path), { ...commandIO().io, signal: controller.signal });
      controller.abort(new Error('stopped by SIGINT'));
      await expect(asked).rejects.toThrow('stopped by SIGINT');
    }));
});

it('both sides of an investigation are linked in two threads as in one', () =>
  withFile('calls.ndjson', generateNdjson({ requests: 400 }), async (path) => {
    const whole = await readTraffic(readNdjson(path));
    const middle = (whole.start + whole.end) / 2;
    const good = partOf(whole, { from: whole.start, to: middle });
    const bad = partOf(whole, { from: middle, to: whole.end + 1 });
    const noted = commandIO();
    const link = await linked(good, bad, noted.io, 1);
    expect(noted.noted).toEqual([]);
    for (const side of [good, bad]) {
      const { profile, ...links } = link(side);
      const { profile: alone, ...expected } = linkKept(side);
      expect(links).toEqual(expected);
      expect(links.parent.some((row) => row >= 0)).toBe(true);
      expect(encodeProfile(profile)).toBe(encodeProfile(alone));
    }
  }));
