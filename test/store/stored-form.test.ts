import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeProfile } from '../../src/profile/codec.ts';
import { encodeWindows } from '../../src/profile/windows-codec.ts';
import { packed, unpacked } from '../../src/store/compression.ts';
import { scopeOf } from '../../src/store/fits.ts';
import type { Run } from '../../src/store/provenance.ts';
import { decoded, readStored } from '../../src/store/read-stored.ts';
import { decodeBaseline, encodeBaseline } from '../../src/store/stored-form.ts';
import { profileAt } from '../support/stored.ts';

const run: Run = { wireproof: '0.1.0', repository: 'github.com/acme/shop', commit: 'c0ffee' };
const everything = scopeOf({});
const text = encodeBaseline([{ profile: profileAt(1_000), run }], everything);

describe('the stored form', () => {
  test('gives back windows and provenance, in order of time', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), {
      minLength: 1,
      maxLength: 6,
    });
    const word = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(times, word, fc.array(word, { maxLength: 3 }), (starts, commit, namespace) => {
        const windows = starts.map((ts) => ({ profile: profileAt(ts), run: { ...run, commit } }));
        const encoded = encodeBaseline(windows, scopeOf({ namespace }));
        expect(encodeBaseline(windows.toReversed(), scopeOf({ namespace }))).toBe(encoded);
        const { windows: read, provenance } = decodeBaseline(encoded);
        const sorted = starts.toSorted((a, b) => a - b);
        expect(encodeWindows(read)).toBe(encodeWindows(sorted.map((ts) => profileAt(ts))));
        expect(provenance?.windows).toEqual(
          sorted.map((ts) => ({ ...run, commit, start: ts, end: ts, calls: 1 })),
        );
        expect(provenance?.scope).toEqual(scopeOf({ namespace }));
      }),
      { numRuns: 30 },
    );
  });

  test('holds the very bytes of the profile, whoever captured it', () => {
    const other = encodeBaseline(
      [{ profile: profileAt(1_000), run: { wireproof: '9' } }],
      everything,
    );
    for (const one of [text, other]) expect(one).toContain(encodeProfile(profileAt(1_000)).trim());
  });

  test('a profile without provenance is read as well', () => {
    expect(decodeBaseline(encodeProfile(profileAt(1)))).toMatchObject({ windows: [{}] });
    expect(decodeBaseline(encodeProfile(profileAt(1)))).not.toHaveProperty('provenance');
  });

  test.each([
    ['another window than told', text.replace('"calls":1', '"calls":2'), /other windows/],
    ['an unknown key', text.replace('"storedVersion"', '"x":1,"storedVersion"'), /unknown key x/],
    ['an unknown origin', text.replace('"commit"', '"comit"'), /provenance/],
    ['no provenance', text.replace('"provenance"', '"p"'), /unknown key p/],
    ['no profile', '{"wireproof":"profile","storedVersion":1}', /provenance/],
    ['version 0', text.replace('"storedVersion":1', '"storedVersion":0'), /storedVersion/],
    ['null', 'null', /top level/],
  ])('is refused with %s', (_, broken, reason) => {
    expect(() => decodeBaseline(broken)).toThrow(reason);
  });

  test.each(['storedVersion', 'windowsVersion', 'version'])(
    'of a newer %s is refused with what to do',
    async (key) => {
      const two = [1_000, 2_000].map((ts) => ({ profile: profileAt(ts), run }));
      const stored = encodeBaseline(two, everything);
      const newer = Buffer.from(stored.replace(`"${key}":1`, `"${key}":2`));
      await expect(decoded('base.json', newer)).rejects.toMatchObject({
        message: expect.stringContaining('base.json: it was written by a newer Wireproof'),
        hint: expect.stringContaining('update Wireproof'),
      });
    },
  );
});

describe('stored bytes', () => {
  test.each(['none', 'gzip', 'zstd'] as const)('are read back from %s', async (compression) => {
    expect(await unpacked(packed(text, compression))).toBe(text);
    expect(packed(text, compression).equals(packed(text, compression))).toBe(true);
  });

  test('in several members are one text', async () => {
    const halves = [text.slice(0, 100), text.slice(100)];
    for (const pack of [gzipSync, zstdCompressSync]) {
      const bytes = Buffer.concat(halves.map((half) => pack(half)));
      expect(await unpacked(bytes)).toBe(text);
    }
  });

  test.each([gzipSync, zstdCompressSync])('that inflate to too much are refused', async (pack) => {
    const bomb = pack(Buffer.alloc(8 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(16 * 1024);
    await expect(unpacked(bomb, 1024 * 1024)).rejects.toThrow(/more than 1048576 bytes/);
  });

  test('that were changed on the way are refused, unless they still say the very same', async () => {
    for (const compression of ['gzip', 'zstd'] as const) {
      const bytes = packed(text, compression);
      let spared = 0;
      for (let i = 20; i < bytes.length; i += 37) {
        const flipped = Buffer.from(bytes);
        flipped[i] = (flipped[i] ?? 0) ^ 0x10;
        // Some bits mean nothing, such as those that fill up a last byte.
        const same = await unpacked(flipped).then(
          (read) => read === text,
          () => false,
        );
        if (same) spared++;
        else await expect(decoded('x', flipped)).rejects.toThrow(/cannot read the profile x/);
      }
      expect(spared).toBeLessThan(3);
      await expect(decoded('x', bytes.subarray(0, -9))).rejects.toThrow(/cannot read/);
    }
  });

  test('are refused where the store vouches for another run', async () => {
    const storeOf = (attested: Partial<Run>, bytes = packed(text, 'zstd')) => ({
      name: 'artifact:base',
      read: async () => ({ bytes, attested }),
      write: async () => undefined,
    });
    const { repository } = run as Required<Run>;
    expect(await readStored(storeOf({ repository, commit: 'c0ffee' }))).toMatchObject({});
    await expect(readStored(storeOf({ commit: 'bad' }))).rejects.toThrow(
      /artifact:base is refused: .*commit is c0ffee, but it was stored by bad/,
    );
    const bare = Buffer.from(encodeProfile(profileAt(1)));
    await expect(readStored(storeOf({ commit: 'bad' }, bare))).rejects.toThrow(/is unknown, but/);
  });
});
